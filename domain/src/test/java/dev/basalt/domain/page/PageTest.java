package dev.basalt.domain.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PageTest {

    @ParameterizedTest
    @ValueSource(ints = {0, -1, Integer.MIN_VALUE})
    void pages_are_numbered_from_1(int page) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PageRequest(page, 10, false))
                .withMessageContaining("page is " + page);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 1001, Integer.MAX_VALUE, Integer.MIN_VALUE})
    void a_page_has_1_to_1000_items(int pageSize) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PageRequest(1, pageSize, false))
                .withMessageContaining("page_size is " + pageSize)
                .withMessageContaining("1000");
    }

    @Test
    void the_last_page_that_can_be_asked_for_begins_where_it_should() {
        assertThat(new PageRequest(1, 1, false).offset()).isZero();
        assertThat(new PageRequest(3, 20, false).offset()).isEqualTo(40);
        assertThat(new PageRequest(Integer.MAX_VALUE, 1000, false).offset()).isEqualTo(2_147_483_646_000L);
    }

    @Property
    void the_one_more_tells_whether_there_is_a_next(
            @ForAll @IntRange(max = 60) int length,
            @ForAll @IntRange(min = 1, max = 12) int page,
            @ForAll @IntRange(min = 1, max = 20) int pageSize) {
        var request = new PageRequest(page, pageSize, true);
        List<Integer> all = IntStream.range(0, length).boxed().toList();

        Page<Integer> found =
                Page.of(all.stream().skip(request.offset()).limit(pageSize + 1L).toList(), request, (long) length);

        assertThat(found.items())
                .isEqualTo(all.stream().skip(request.offset()).limit(pageSize).toList());
        assertThat(found.hasNext()).isEqualTo(length > (long) page * pageSize);
        assertThat(found.total()).isEqualTo(length);
        assertThat(found.request()).isEqualTo(request);
    }

    @Test
    void a_page_is_mapped_item_by_item_and_stays_the_same_page() {
        Page<Integer> page = Page.of(List.of(1, 2, 3), new PageRequest(4, 2, true), 9L);

        assertThat(page.map(number -> "no. " + number))
                .isEqualTo(new Page<>(List.of("no. 1", "no. 2"), new PageRequest(4, 2, true), true, 9L));
    }

    @Test
    void a_page_does_not_change_later() {
        var items = new ArrayList<>(List.of(1));
        var page = new Page<>(items, new PageRequest(1, 2, false), false, null);

        items.add(2);

        assertThat(page.items()).containsExactly(1);
    }
}
