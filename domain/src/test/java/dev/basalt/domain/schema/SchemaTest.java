package dev.basalt.domain.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SchemaTest {

    @Test
    void a_row_count_is_exact_estimated_or_unknown() {
        assertThat(RowCount.exact(0)).isEqualTo(new RowCount(0L, RowCount.Kind.EXACT));
        assertThat(RowCount.estimate(12L)).isEqualTo(new RowCount(12L, RowCount.Kind.ESTIMATE));
        assertThat(RowCount.estimate(null)).isEqualTo(RowCount.UNKNOWN);
        assertThat(RowCount.UNKNOWN.rows()).isNull();
    }

    @ParameterizedTest
    @EnumSource(
            value = RowCount.Kind.class,
            names = {"EXACT", "ESTIMATE"})
    void a_known_row_count_has_a_number(RowCount.Kind kind) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RowCount(null, kind))
                .withMessageContaining(kind.name());
    }

    @Test
    void an_unknown_row_count_has_no_number_not_even_0() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RowCount(0L, RowCount.Kind.UNKNOWN))
                .withMessageContaining("UNKNOWN");
    }

    @Test
    void a_foreign_key_pairs_its_columns() {
        ForeignKey key = key(List.of("a", "b"), List.of("x", "y"));

        assertThat(key.columns()).containsExactly("a", "b");
        assertThat(key.targetColumns()).containsExactly("x", "y");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> key(List.of("a", "b"), List.of("x")))
                .withMessageContaining("[a, b]")
                .withMessageContaining("[x]");
        assertThatIllegalArgumentException().isThrownBy(() -> key(List.of("a"), List.of()));
    }

    @Property
    void a_page_of_tables_names_the_last_one_exactly_if_there_are_more(
            @ForAll @IntRange(max = 30) int length, @ForAll @IntRange(min = 1, max = 30) int pageSize) {
        List<TableSummary> all = IntStream.range(0, length)
                .mapToObj(number -> new TableSummary("t" + number, TableType.TABLE, null, null, null))
                .toList();

        TablePage page = TablePage.of(all.stream().limit(pageSize + 1L).toList(), pageSize);

        assertThat(page.tables()).isEqualTo(all.stream().limit(pageSize).toList());
        assertThat(page.nextAfter()).isEqualTo(length > pageSize ? "t" + (pageSize - 1) : null);
    }

    private static ForeignKey key(List<String> columns, List<String> targetColumns) {
        return new ForeignKey(
                "to_parent",
                columns,
                "public",
                "parent",
                targetColumns,
                ReferentialAction.NO_ACTION,
                ReferentialAction.CASCADE);
    }
}
