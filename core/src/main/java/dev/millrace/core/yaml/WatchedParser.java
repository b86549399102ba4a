package dev.millrace.core.yaml;

import java.io.StringReader;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.parser.Parser;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.StreamReader;

/** SnakeYAML's parser, which knows how far it is: some of the errors of those who ask it say no place. */
final class WatchedParser implements Parser {
    private final Parser parser;
    private @Nullable Event last;

    WatchedParser(String text, LoaderOptions options) {
        parser = new ParserImpl(new StreamReader(new StringReader(text)), options);
    }

    /** Where the last thing begins that was taken; null before the first. */
    @Nullable
    Mark mark() {
        Event event = last;
        return event == null ? null : event.getStartMark();
    }

    @Override
    public boolean checkEvent(Event.ID choice) {
        return parser.checkEvent(choice);
    }

    @Override
    public Event peekEvent() {
        return parser.peekEvent();
    }

    @Override
    public Event getEvent() {
        Event event = parser.getEvent();
        last = event;
        return event;
    }
}
