package dev.basalt.app.settings.catalogue;

import dev.basalt.ports.BackendProvider;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.ServiceLoader;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.yaml.snakeyaml.Yaml;

/** What the catalogue says, as the documents show it: section by section. */
final class SettingsReference {

    /** What {@code .env.example} sets, so that it fits {@code compose.yaml}. */
    static final Map<String, String> EXAMPLE =
            Map.of("DATABASE_URL", "postgresql://basalt:basalt@127.0.0.1:5432/basalt");

    private SettingsReference() {}

    /** The tables of the reference by the names of their sections; without the backends that are not installed. */
    static Map<String, String> tables() {
        Map<String, String> tables = sections(SettingsReference::table);
        tables.put("profiles", profiles());
        return tables;
    }

    /** The sections of {@code .env.example}. */
    static Map<String, String> variables() {
        Map<String, String> sections = sections(SettingsReference::example);
        // A pool's name is part of its variables.
        sections.remove("named");
        return sections;
    }

    private static Map<String, String> sections(Function<List<Setting>, String> render) {
        var sections = new LinkedHashMap<String, String>();
        sections.put("pool", render.apply(Catalogue.POOL));
        for (BackendProvider provider : ServiceLoader.load(BackendProvider.class)) {
            if (!provider.product().equals("fake")) {
                sections.put(provider.product(), render.apply(Catalogue.of(provider)));
            }
        }
        sections.put("named", render.apply(Catalogue.NAMED_POOL));
        sections.put("general", render.apply(Catalogue.GLOBAL));
        return sections;
    }

    private static String table(List<Setting> settings) {
        return settings.isEmpty()
                ? ""
                : settings.stream()
                        .flatMap(SettingsReference::withFile)
                        .map(SettingsReference::row)
                        .collect(Collectors.joining("\n", """
                                | variable | property | default | what it does |
                                | --- | --- | --- | --- |
                                """, "\n"));
    }

    private static String row(Setting setting) {
        boolean named = Catalogue.NAMED_POOL.contains(setting);
        return "| `%s` | `%s` | %s | %s |"
                .formatted(
                        named ? setting.inPool("<name>").variable() : setting.variable(),
                        named ? setting.inPool("<name>").property() : setting.property(),
                        setting.fallback() == null ? "" : "`" + setting.fallback() + "`",
                        description(setting).replace("|", "\\|"));
    }

    private static String description(Setting setting) {
        var description = new StringBuilder(setting.description());
        if (setting.kind() == Kind.CHOICE) {
            description.append(": ").append(String.join(", ", setting.choices()));
        }
        if (!setting.aliases().isEmpty()) {
            description
                    .append("; also ")
                    .append(setting.aliases().stream()
                            .map(alias -> "`" + alias + "`")
                            .collect(Collectors.joining(", ")));
        }
        return description.toString();
    }

    private static String example(List<Setting> settings) {
        return settings.stream()
                .flatMap(SettingsReference::withFile)
                .map(setting -> "# %s\n%s%s=%s\n"
                        .formatted(
                                description(setting).replace("`", ""),
                                EXAMPLE.containsKey(setting.variable()) ? "" : "#",
                                setting.variable(),
                                EXAMPLE.getOrDefault(
                                        setting.variable(), setting.fallback() == null ? "" : setting.fallback())))
                .collect(Collectors.joining("\n"));
    }

    private static Stream<Setting> withFile(Setting setting) {
        return setting.kind() == Kind.SECRET ? Stream.of(setting, setting.inFile()) : Stream.of(setting);
    }

    private static String profiles() {
        var keys = new ArrayList<String>();
        var figures =
                Catalogue.PROFILES.stream().map(SettingsReference::figures).toList();
        figures.forEach(profile ->
                profile.keySet().stream().filter(key -> !keys.contains(key)).forEach(keys::add));
        return keys.stream()
                .sorted()
                .map(key -> "| `database.%s` | %s |"
                        .formatted(
                                key,
                                figures.stream()
                                        .map(profile -> profile.containsKey(key) ? "`" + profile.get(key) + "`" : "")
                                        .collect(Collectors.joining(" | "))))
                .collect(Collectors.joining(
                        "\n",
                        """
                        | property | %s |
                        | --- | --- | --- | --- |
                        """.formatted(Catalogue.PROFILES.stream()
                                .map(profile -> "`" + profile + "`")
                                .collect(Collectors.joining(" | "))),
                        "\n"));
    }

    private static Map<String, Object> figures(String profile) {
        String name = "/application-" + profile + ".yml";
        try (InputStream file = SettingsReference.class.getResourceAsStream(name)) {
            Map<String, Map<String, Object>> content = new Yaml().load(Objects.requireNonNull(file, name));
            return Objects.requireNonNull(content.get("database"), name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
