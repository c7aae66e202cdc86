package letopis.cli.command;

import java.util.UUID;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads an id. */
final class UuidConverter implements ITypeConverter<UUID> {
    @Override
    public UUID convert(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException("'" + text + "' is no UUID such as 0f14d0ab-9605-4a62-a9e4-5ed26688389b");
        }
    }
}
