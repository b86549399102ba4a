package dev.millrace.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class PainterTest {
    private final FakeScreen screen = new FakeScreen(40);
    private final Painter painter = new Painter(screen);

    @Test
    void finished_lines_scroll_above_and_the_block_stays_below() {
        painter.paint(List.of(), List.of("running a", "0 of 2"));
        painter.paint(List.of("a is done"), List.of("running b", "1 of 2"));

        assertThat(screen.text()).containsExactly("a is done", "running b", "1 of 2");
    }

    @Test
    void a_block_that_becomes_smaller_leaves_nothing_behind() {
        painter.paint(List.of(), List.of("one", "two", "three"));
        painter.paint(List.of("done"), List.of());

        assertThat(screen.text()).containsExactly("done", "");
    }

    @Test
    void a_frame_is_one_write_and_an_unchanged_frame_none() {
        painter.paint(List.of(), List.of("running", "0 of 1"));
        painter.paint(List.of(), List.of("running", "0 of 1"));

        assertThat(screen.writes()).isEqualTo(1);
    }

    @Test
    void the_cursor_is_hidden_while_it_paints_and_comes_back() {
        painter.paint(List.of(), List.of("running"));
        assertThat(screen.cursorShown()).isFalse();

        painter.restore();
        assertThat(screen.cursorShown()).isTrue();
    }
}
