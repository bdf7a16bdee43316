package dev.basalt.docs;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** The sources of the project, as the tests read them. */
final class Project {

    /** Maven runs tests in their module's folder. */
    static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    private Project() {}

    static List<Path> documents() {
        try (Stream<Path> docs = Files.list(ROOT.resolve("docs"))) {
            return Stream.concat(Stream.of(ROOT.resolve("README.md")), docs)
                    .filter(file -> file.toString().endsWith(".md"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The modules that are there, in the order of their names. */
    static List<String> modules() {
        try (Stream<Path> files = Files.list(ROOT)) {
            return files.filter(folder -> Files.exists(folder.resolve("pom.xml")))
                    .map(folder -> folder.getFileName().toString())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String resource(String name) {
        try (InputStream stream = Project.class.getClassLoader().getResourceAsStream(name)) {
            return new String(
                    Objects.requireNonNull(stream, name + " is not on the class path")
                            .readAllBytes(),
                    StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What the first group of the expression matches, everywhere in the text. */
    static List<String> all(String expression, String text) {
        return Pattern.compile(expression, Pattern.MULTILINE)
                .matcher(text)
                .results()
                .map((MatchResult match) -> match.group(1))
                .toList();
    }

    /** The dependencies that a module declares, those of its profiles included. */
    static List<Dependency> dependencies(String module) {
        try {
            var pom = DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(ROOT.resolve(module).resolve("pom.xml").toFile());
            NodeList found = pom.getElementsByTagName("dependency");
            return Stream.iterate(0, i -> i < found.getLength(), i -> i + 1)
                    .map(i -> (Element) found.item(i))
                    .map(element -> new Dependency(
                            text(element, "groupId"), text(element, "artifactId"), text(element, "scope")))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (ParserConfigurationException | SAXException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String text(Element element, String name) {
        Node node = element.getElementsByTagName(name).item(0);
        return node == null ? "" : node.getTextContent();
    }

    /** A dependency as a POM declares it; an empty scope is the compile scope. */
    record Dependency(String group, String artifact, String scope) {

        boolean isOurs() {
            return group.equals("dev.basalt");
        }

        String module() {
            return artifact.replaceFirst("^basalt-", "");
        }
    }
}
