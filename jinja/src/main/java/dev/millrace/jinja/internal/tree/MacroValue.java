package dev.millrace.jinja.internal.tree;

import dev.millrace.jinja.Call;
import dev.millrace.jinja.Callable;
import dev.millrace.jinja.JinjaException;
import dev.millrace.jinja.JinjaObject;
import dev.millrace.jinja.MacroFrame;
import dev.millrace.jinja.None;
import dev.millrace.jinja.PyDict;
import dev.millrace.jinja.PyTuple;
import dev.millrace.jinja.Undefined;
import dev.millrace.jinja.internal.value.Repr;
import dev.millrace.jinja.internal.value.ShortRepr;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;

/** A macro with the variables around it: what a template calls. */
final class MacroValue implements Callable, JinjaObject {
    private final MacroCode code;
    private final Frame closure;

    MacroValue(MacroCode code, Frame closure) {
        this.code = code;
        this.closure = closure;
    }

    @Override
    public Object call(Call call) {
        Run run = call.run();
        run.enter();
        try {
            Frame frame = new Frame(code.frameSize(), closure, run, closure.globals);
            bind(frame, call);
            Output out = new Output(run, false);
            code.body().exec(frame, out);
            return out.text();
        } catch (ReturnSignal signal) {
            if (code.name() == null) {
                throw signal;
            }
            return signal.value();
        } catch (RuntimeException e) {
            throw Failure.at(e, code.position())
                    .through(new MacroFrame(code.label(), call.position(), arguments(call)));
        } finally {
            run.leave();
        }
    }

    /** What the call gave, for the stack of an error. */
    private String arguments(Call call) {
        StringJoiner arguments = new StringJoiner(", ");
        List<Object> positional = call.positional();
        for (int i = 0; i < positional.size(); i++) {
            String name = i < code.parameters().size() ? code.parameters().get(i) + "=" : "";
            arguments.add(name + ShortRepr.of(positional.get(i)));
        }
        call.keywords().forEach((name, value) -> arguments.add(name + "=" + ShortRepr.of(value)));
        return arguments.toString();
    }

    private void bind(Frame frame, Call call) {
        List<Object> positional = call.positional();
        int count = code.parameters().size();
        int given = Math.min(positional.size(), count);
        for (int i = 0; i < given; i++) {
            frame.slots[i] = positional.get(i);
        }
        if (code.restSlot() >= 0) {
            frame.slots[code.restSlot()] = positional.size() > given
                    ? PyTuple.copyOf(positional.subList(given, positional.size()))
                    : PyTuple.EMPTY;
        } else if (positional.size() > given) {
            throw JinjaException.type(subject() + " takes not more than " + count + " argument(s)");
        }
        bindKeywords(frame, call, given);
        for (int i = given; i < count; i++) {
            if (frame.slots[i] == null) {
                frame.slots[i] = defaultOf(i, frame);
            }
        }
    }

    private void bindKeywords(Frame frame, Call call, int given) {
        PyDict others = new PyDict();
        Optional<Callable> caller = call.caller();
        if (code.callerSlot() >= 0) {
            frame.slots[code.callerSlot()] =
                    caller.isPresent() ? caller.get() : Undefined.because("caller", "No caller defined");
        }
        for (Map.Entry<String, Object> keyword : call.keywords().entrySet()) {
            String name = keyword.getKey();
            int index = code.parameters().indexOf(name);
            if (index >= given) {
                frame.slots[index] = keyword.getValue();
            } else if (name.equals("caller") && code.callerSlot() >= 0) {
                frame.slots[code.callerSlot()] = keyword.getValue();
            } else {
                others.put(name, keyword.getValue());
            }
        }
        if (caller.isPresent() && code.callerSlot() < 0 && !code.parameters().contains("caller")) {
            others.put("caller", caller.get());
        } else if (caller.isPresent() && code.callerSlot() < 0) {
            frame.slots[code.parameters().indexOf("caller")] = caller.get();
        }
        if (code.keywordsSlot() >= 0) {
            frame.slots[code.keywordsSlot()] = others;
        } else if (caller.isPresent() && code.callerSlot() < 0 && others.containsKey("caller")) {
            throw JinjaException.type(subject() + " was invoked with two values for the special caller argument."
                    + " This is most likely a bug.");
        } else if (!others.isEmpty()) {
            throw JinjaException.type(subject() + " takes no keyword argument "
                    + Repr.repr(others.iterator().next()));
        }
    }

    private Object defaultOf(int index, Frame frame) {
        Expr expression = code.defaults().get(index);
        String name = code.parameters().get(index);
        return expression == null
                ? Undefined.because(name, "parameter '" + name + "' was not provided")
                : expression.eval(frame);
    }

    private String subject() {
        return "macro " + (code.name() == null ? "None" : Repr.repr(code.name()));
    }

    @Override
    public String callableName() {
        return code.label();
    }

    @Override
    public Object attribute(String name) {
        return switch (name) {
            case "name" -> code.name() == null ? None.NONE : code.name();
            case "arguments" -> PyTuple.copyOf(code.parameters());
            case "catch_kwargs" -> code.keywordsSlot() >= 0;
            case "catch_varargs" -> code.restSlot() >= 0;
            case "caller" -> code.callerSlot() >= 0;
            default -> missing(name);
        };
    }

    @Override
    public String display() {
        return "<Macro " + (code.name() == null ? "anonymous" : Repr.repr(code.name())) + ">";
    }

    @Override
    public String typeName() {
        return "Macro";
    }
}
