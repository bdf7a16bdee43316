package dev.basalt.domain.settings;

/** A setting has a value that is not allowed. The message names all three: {@code acquire_timeout is PT0S: … is allowed}. */
public final class InvalidSetting extends IllegalArgumentException {

    private final String allowed;

    /**
     * @param setting its name in the settings that reject it
     * @param value the value, which is no secret
     * @param allowed what is allowed instead
     */
    public InvalidSetting(String setting, Object value, String allowed) {
        super("%s is %s: %s is allowed".formatted(setting, value, allowed));
        this.allowed = allowed;
    }

    /** What is allowed instead, for a message that names the setting as its user does. */
    public String allowed() {
        return allowed;
    }
}
