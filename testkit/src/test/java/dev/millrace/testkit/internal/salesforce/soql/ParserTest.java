package dev.millrace.testkit.internal.salesforce.soql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.testkit.internal.salesforce.soql.Query.Condition;
import dev.millrace.testkit.internal.salesforce.soql.Query.Literal;
import dev.millrace.testkit.internal.salesforce.soql.Query.Operator;
import dev.millrace.testkit.internal.salesforce.soql.Query.Order;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ParserTest {
    @Test
    void every_clause_has_its_place() {
        Query query = Parser.parse("select Id, Name from Account where Name != null"
                + " order by SystemModstamp desc nulls last, Id limit 10 offset 20");
        assertThat(query.fields()).containsExactly("Id", "Name");
        assertThat(query.object()).isEqualTo("Account");
        assertThat(query.where()).contains(new Condition.Compare("Name", Operator.NOT_EQUAL, new Literal.Null()));
        assertThat(query.orderBy())
                .containsExactly(new Order("SystemModstamp", true, true), new Order("Id", false, false));
        assertThat(query.limit()).hasValue(10);
        assertThat(query.offset()).hasValue(20);
    }

    @Test
    void datetimes_stand_without_quotes_in_any_offset() {
        Instant expected = Instant.parse("2024-05-01T08:11:12.5Z");
        for (String written :
                List.of("2024-05-01T08:11:12.500Z", "2024-05-01T10:11:12.5+02:00", "2024-05-01T10:11:12.500+0200")) {
            assertThat(Parser.parse("SELECT Id FROM Account WHERE SystemModstamp >= " + written)
                            .where())
                    .contains(new Condition.Compare(
                            "SystemModstamp", Operator.GREATER_OR_EQUAL, new Literal.DateTime(expected)));
        }
    }

    @Test
    void quotes_and_backslashes_are_escaped_in_strings() {
        assertThat(Parser.parse("SELECT Id FROM Account WHERE Name = 'O\\'Hara \\\\ \\n \"x\"'")
                        .where())
                .contains(new Condition.Compare("Name", Operator.EQUAL, new Literal.Text("O'Hara \\ \n \"x\"")));
    }

    @Test
    void not_binds_closer_than_and() {
        Condition not = new Condition.Not(new Condition.Compare("A", Operator.EQUAL, new Literal.Bool(true)));
        Condition in = new Condition.In("B", true, List.of(new Literal.Text("x"), new Literal.Text("y")));
        assertThat(Parser.parse("SELECT Id FROM Account WHERE NOT A = true AND B NOT IN ('x', 'y')")
                        .where())
                .contains(new Condition.And(List.of(not, in)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "SELECT * FROM Account",
                "SELECT Id FROM",
                "SELECT Id Name FROM Account",
                "SELECT Id FROM Account WHERE",
                "SELECT Id FROM Account WHERE Name = \"x\"",
                "SELECT Id FROM Account WHERE Name = 'x",
                "SELECT Id FROM Account WHERE Name = 'a' AND Name = 'b' OR Name = 'c'",
                "SELECT Id FROM Account WHERE (Name = 'a'",
                "SELECT Id FROM Account WHERE SystemModstamp > 2024-13-01T00:00:00Z",
                "SELECT Id FROM Account LIMIT -1",
                "SELECT Id FROM Account GROUP BY Id",
                "SELECT Id FROM Account WHERE Name = 'a\\x'"
            })
    void what_is_not_soql_is_malformed(String query) {
        assertThatThrownBy(() -> Parser.parse(query))
                .isInstanceOfSatisfying(
                        SoqlException.class, e -> assertThat(e.code()).isEqualTo("MALFORMED_QUERY"));
    }

    @Test
    void an_error_names_the_column() {
        assertThatThrownBy(() -> Parser.parse("SELECT Id FROM Account WHERE Name ! 'x'"))
                .hasMessageContaining("Row:1:Column:35");
    }
}
