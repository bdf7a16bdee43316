package dev.basalt.chaos.judge;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** What was found to be wrong, in words. Not thread-safe. */
public final class Findings {

    private static final int EXAMPLES = 2;

    private final List<String> all = new ArrayList<>();

    /** Notes a fault, unless all is well. */
    public void require(boolean well, String fault) {
        if (!well) {
            all.add(fault);
        }
    }

    /** Notes how many cases of a fault there are, with an example or two; none is well. */
    public void none(Collection<?> cases, String fault) {
        if (!cases.isEmpty()) {
            all.add("%d %s, such as %s"
                    .formatted(
                            cases.size(),
                            fault,
                            cases.stream().limit(EXAMPLES).map(String::valueOf).toList()));
        }
    }

    public List<String> all() {
        return List.copyOf(all);
    }
}
