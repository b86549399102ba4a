package dev.millrace.jinja.internal.tree;

import dev.millrace.jinja.Call;
import dev.millrace.jinja.Callable;
import dev.millrace.jinja.Globals;
import dev.millrace.jinja.JinjaException;
import dev.millrace.jinja.Limits;
import dev.millrace.jinja.Position;
import dev.millrace.jinja.internal.library.Library;
import java.util.List;
import java.util.function.Supplier;

/**
 * The executable form of a template.
 *
 * @param setup the top-level statements that set variables its macros may use
 */
public record Unit(String name, Stmt body, List<Stmt> setup, int frameSize, Limits limits, Library library) {

    /** Renders the whole template. */
    public Object render(Globals globals, boolean keepsTypes) {
        Run run = new Run(limits, library, keepsTypes);
        return guarded(() -> {
            Frame frame = new Frame(frameSize, null, run, globals);
            Output out = new Output(run, keepsTypes);
            body.exec(frame, out);
            return keepsTypes ? out.result() : out.text();
        });
    }

    /** Renders the body of a block of the template, such as a snapshot. */
    public Object renderBlock(MacroCode block, Globals globals, boolean keepsTypes) {
        Run run = new Run(limits, library, keepsTypes);
        return guarded(() -> {
            Frame root = prepared(globals, run);
            Frame frame = new Frame(block.frameSize(), root, run, globals);
            Output out = new Output(run, keepsTypes);
            block.body().exec(frame, out);
            return keepsTypes ? out.result() : out.text();
        });
    }

    /** A macro of the template as something to call. */
    public Callable bind(MacroCode code, Globals globals) {
        Frame shared = setup.isEmpty() ? new Frame(frameSize, null, new Run(limits, library, false), globals) : null;
        return new Callable() {
            @Override
            public Object call(Call call) {
                try {
                    Frame root = shared != null ? shared : prepared(globals, call.run());
                    return new MacroValue(code, root).call(call);
                } catch (StackOverflowError overflow) {
                    throw new JinjaException(
                            JinjaException.Kind.LIMIT, "macros are nested too deeply", code.position(), overflow);
                }
            }

            @Override
            public String callableName() {
                return code.label();
            }
        };
    }

    private Frame prepared(Globals globals, Run run) {
        Frame root = new Frame(frameSize, null, run, globals);
        Output ignored = new Output(run, false);
        for (Stmt statement : setup) {
            statement.exec(root, ignored);
        }
        return root;
    }

    private Object guarded(Supplier<Object> work) {
        Position start = new Position(name, 1, 1);
        try {
            return work.get();
        } catch (ReturnSignal signal) {
            throw new JinjaException(
                    JinjaException.Kind.RUNTIME, "return() is only possible inside a macro", start, signal);
        } catch (StackOverflowError overflow) {
            throw new JinjaException(JinjaException.Kind.LIMIT, "template is nested too deeply", start, overflow);
        } catch (RuntimeException e) {
            throw Failure.at(e, start);
        }
    }
}
