package letopis.model;

import java.lang.reflect.Modifier;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import letopis.store.Bytes;
import letopis.store.Event;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.introspect.Annotated;
import tools.jackson.databind.introspect.AnnotatedClass;
import tools.jackson.databind.introspect.AnnotatedMember;
import tools.jackson.databind.introspect.JacksonAnnotationIntrospector;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.type.LogicalType;

/**
 * Values as JSON, by Jackson. What is written is what is read back: records by their components in the order of their
 * declaration, instants and other times as ISO texts with their offset and zone, enums by their names, decimal numbers with
 * every digit.
 *
 * <p>Reading is strict where something could get lost or made up: a component that is missing is an error unless it is an
 * {@link Optional}, which is then empty; a number is not taken for a text, nor a fraction for a whole number. A member that
 * the class does not have (any more, or not yet) is passed over, so that a process with older code can read what a newer one
 * writes. {@code null} is written and read as it is. Where a value is declared as a sealed type, its JSON names which record
 * of it it is, by the simple name in the member {@value #TYPE_MEMBER}; no other class can be named there.
 *
 * <p>Jackson looks at a class by reflection once and keeps what it found; nothing else here uses reflection. A named Java
 * module {@code opens} the package of its events to {@code tools.jackson.databind}.
 */
public final class JsonCodec implements Codec {
    /** The codec that is used where none is named. */
    public static final JsonCodec DEFAULT = new JsonCodec(mapper().build());

    /** The member that names the record, where a value is declared as a sealed type: {@value}. */
    public static final String TYPE_MEMBER = "@type";

    private final JsonMapper mapper;
    /** A reader that has found out about its class once. */
    private final ClassValue<ObjectReader> readers = new ClassValue<>() {
        @Override
        protected ObjectReader computeValue(Class<?> type) {
            return mapper.readerFor(type);
        }
    };

    /**
     * @param mapper best made from {@link #mapper()}, with modules or mixins added; stored events will be read with it for
     *               years, so its settings are part of the format
     */
    public JsonCodec(JsonMapper mapper) {
        this.mapper = mapper;
    }

    /** A builder with the settings of the default codec. */
    public static JsonMapper.Builder mapper() {
        return JsonMapper.builder()
                .annotationIntrospector(new RecordRules())
                .enable(MapperFeature.INFER_RECORD_GETTERS_FROM_COMPONENTS_ONLY)
                .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY, MapperFeature.ALLOW_COERCION_OF_SCALARS)
                .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES,
                        DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                .disable(EnumFeature.READ_ENUMS_USING_TO_STRING, EnumFeature.WRITE_ENUMS_USING_TO_STRING)
                .enable(EnumFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
                .disable(DateTimeFeature.WRITE_DATES_AS_TIMESTAMPS, DateTimeFeature.WRITE_DURATIONS_AS_TIMESTAMPS,
                        DateTimeFeature.ADJUST_DATES_TO_CONTEXT_TIME_ZONE)
                .enable(DateTimeFeature.WRITE_DATES_WITH_ZONE_ID)
                .withCoercionConfig(LogicalType.Textual, text -> text
                        .setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                        .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                        .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail));
    }

    @Override
    public String contentType() {
        return Event.JSON;
    }

    @Override
    public Bytes write(Object value) {
        try {
            return Bytes.wrap(mapper.writeValueAsBytes(value));
        } catch (JacksonException e) {
            throw new CodecException("a " + value.getClass().getName() + " cannot be written as JSON: " + reason(e), e);
        }
    }

    @Override
    public <T> T read(Bytes bytes, Class<T> type) {
        try {
            T value = readers.get(type).readValue(bytes.toArray());
            if (value == null) {
                throw new CodecException("the JSON is null and not a " + type.getSimpleName(),
                        new NullPointerException());
            }
            return value;
        } catch (JacksonException e) {
            throw new CodecException("the JSON is not a " + type.getSimpleName() + ": " + reason(e), e);
        }
    }

    private static String reason(JacksonException e) {
        return e.getPathReference().isEmpty()
                ? e.getOriginalMessage()
                : e.getOriginalMessage() + " (at " + path(e) + ")";
    }

    private static String path(JacksonException e) {
        StringBuilder path = new StringBuilder();
        for (JacksonException.Reference step : e.getPath()) {
            if (step.getPropertyName() == null) {
                path.append('[').append(step.getIndex()).append(']');
            } else {
                path.append(path.isEmpty() ? "" : ".").append(step.getPropertyName());
            }
        }
        return path.toString();
    }

    /**
     * What Jackson would have to be told by annotations: a record's component must be there, unless it says by its type that
     * it need not; a value of a sealed type says which of the known ones it is.
     */
    private static final class RecordRules extends JacksonAnnotationIntrospector {
        @Override
        public JsonTypeInfo.@Nullable Value findPolymorphicTypeInfo(MapperConfig<?> config, Annotated annotated) {
            JsonTypeInfo.Value given = super.findPolymorphicTypeInfo(config, annotated);
            Class<?> type = annotated.getRawType();
            if (given != null || !(annotated instanceof AnnotatedClass) || !type.isSealed()
                    || !Modifier.isAbstract(type.getModifiers())) {
                return given;
            }
            return JsonTypeInfo.Value.construct(JsonTypeInfo.Id.SIMPLE_NAME, JsonTypeInfo.As.PROPERTY, TYPE_MEMBER,
                    null,
                    false, true, null);
        }

        @Override
        public @Nullable Boolean hasRequiredMarker(MapperConfig<?> config, AnnotatedMember member) {
            Boolean marked = super.hasRequiredMarker(config, member);
            if (marked != null || !member.getDeclaringClass().isRecord()) {
                return marked;
            }
            Class<?> type = member.getRawType();
            return type != Optional.class && type != OptionalInt.class && type != OptionalLong.class
                    && type != OptionalDouble.class;
        }
    }
}
