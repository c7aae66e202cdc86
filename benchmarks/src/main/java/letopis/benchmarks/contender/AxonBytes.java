package letopis.benchmarks.contender;

import java.nio.charset.StandardCharsets;

import org.axonframework.messaging.MetaData;
import org.axonframework.serialization.ChainingConverter;
import org.axonframework.serialization.Converter;
import org.axonframework.serialization.SerializedObject;
import org.axonframework.serialization.SerializedType;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.SimpleSerializedObject;
import org.axonframework.serialization.SimpleSerializedType;
import org.jspecify.annotations.Nullable;

/** Gives Axon the bytes that everybody stores, so that its serialization costs nothing here. */
final class AxonBytes implements Serializer {
    static final String METADATA = "json";
    private static final String METADATA_TYPE = MetaData.class.getName();

    private final Converter converter = new ChainingConverter();

    @Override
    public <T> SerializedObject<T> serialize(@Nullable Object object, Class<T> expectedRepresentation) {
        SimpleSerializedObject<byte[]> bytes = switch (object) {
            case Sample sample -> new SimpleSerializedObject<>(sample.data(), byte[].class, sample.type(), "1");
            case MetaData metadata -> new SimpleSerializedObject<>(
                    metadata.get(METADATA) instanceof byte[] json ? json : new byte[0], byte[].class, METADATA_TYPE,
                    "1");
            case null -> throw new IllegalArgumentException("nothing to serialize");
            default ->
                new SimpleSerializedObject<>(String.valueOf(object).getBytes(StandardCharsets.UTF_8), byte[].class,
                        object.getClass().getName(), "1");
        };
        return converter.convert(bytes, expectedRepresentation);
    }

    @Override
    public <T> boolean canSerializeTo(Class<T> expectedRepresentation) {
        return converter.canConvert(byte[].class, expectedRepresentation);
    }

    @Override
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // Axon's signature
    public <S, T> T deserialize(SerializedObject<S> serialized) {
        byte[] bytes = converter.convert(serialized, byte[].class).getData();
        return serialized.getType().getName().equals(METADATA_TYPE)
                ? (T) MetaData.with(METADATA, bytes)
                : (T) bytes;
    }

    @Override
    public Class<?> classForType(SerializedType type) {
        return type.getName().equals(METADATA_TYPE) ? MetaData.class : byte[].class;
    }

    @Override
    @SuppressWarnings("rawtypes") // Axon's signature
    public SerializedType typeForClass(@Nullable Class type) {
        return new SimpleSerializedType(type == null || type == MetaData.class ? METADATA_TYPE : type.getName(), "1");
    }

    @Override
    public Converter getConverter() {
        return converter;
    }
}
