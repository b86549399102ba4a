package dev.millrace.transform.internal.run;

import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.core.Position;
import dev.millrace.core.graph.NodeKind;
import dev.millrace.jinja.Call;
import dev.millrace.jinja.Callable;
import dev.millrace.jinja.JinjaException;
import dev.millrace.jinja.Template;
import dev.millrace.jinja.Values;
import dev.millrace.transform.internal.context.NodeContext;
import dev.millrace.transform.internal.context.TemplateErrors;
import dev.millrace.transform.internal.context.TestArguments;
import dev.millrace.transform.internal.macro.Macro;
import dev.millrace.transform.internal.macro.Macros;
import dev.millrace.transform.internal.resource.Resource;
import dev.millrace.transform.internal.resource.TestInfo;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/** Renders a node's SQL and lays in the ephemeral models it reads. */
final class SqlCompiler {
    private final RunEnvironment runtime;
    private final BiConsumer<Resource, Compiled> ephemerals;

    SqlCompiler(RunEnvironment runtime) {
        this(runtime, (ephemeral, compiled) -> {
            runtime.keep(ephemeral.id(), compiled);
            runtime.files().writeCompiled(ephemeral, compiled.sql());
        });
    }

    /** @param ephemerals hears what the ephemeral models compile to that others read */
    SqlCompiler(RunEnvironment runtime, BiConsumer<Resource, Compiled> ephemerals) {
        this.runtime = runtime;
        this.ephemerals = ephemerals;
    }

    Compiled compile(Execution execution, Resource resource) {
        String bare = bare(execution, resource);
        Map<String, Cte> ctes = new LinkedHashMap<>();
        for (Resource ephemeral : execution.ephemerals()) {
            Execution inner = new Execution(
                    runtime, ephemeral, execution.connection(), execution.relations(), (level, message) -> {}, true);
            Compiled compiled = compile(inner, ephemeral);
            ephemerals.accept(ephemeral, compiled);
            compiled.ctes().forEach(cte -> ctes.putIfAbsent(cte.id().toString(), cte));
            ctes.putIfAbsent(
                    ephemeral.id().toString(),
                    new Cte(
                            ephemeral.id(),
                            " " + RefFunction.cteName(ephemeral) + " as (\n" + compiled.bare() + "\n)"));
        }
        List<Cte> all = new ArrayList<>(ctes.values());
        return new Compiled(Cte.inject(bare, all), bare, all);
    }

    /** The SQL of a resource, without the ephemeral models it reads. */
    String bare(Execution execution, Resource resource) {
        return resource.test() == null
                ? renderFile(execution, resource)
                : renderTest(execution, resource, resource.test());
    }

    /** The SQL of a resource's own file, without the ephemeral models it reads. */
    String renderFile(Execution execution, Resource resource) {
        Template template = resource.template();
        if (template == null) {
            return "";
        }
        try {
            String text = template.render(execution.context());
            return withoutLeadingSpace(text, template.source(), resource);
        } catch (JinjaException e) {
            throw failure(e, resource, execution.context());
        }
    }

    /** dbt strips a file before it renders it; here the file is rendered as it is, so that positions are true. */
    private static String withoutLeadingSpace(String text, String source, Resource resource) {
        int leading = source.length() - source.stripLeading().length();
        boolean unchanged = leading > 0 && text.startsWith(source.substring(0, leading));
        return unchanged && resource.kind() != NodeKind.OPERATION ? text.substring(leading) : text;
    }

    private String renderTest(Execution execution, Resource resource, TestInfo test) {
        NodeContext context = execution.context();
        Macros macros = runtime.project().macros();
        String name = "test_" + test.name();
        Macro macro = test.namespace() == null
                ? macros.find(name, resource.packageName())
                : macros.inPackage(test.namespace(), name);
        if (macro == null) {
            throw new MillraceException(
                    ErrorCode.MACRO_NOT_FOUND,
                    "there is no generic test '" + test.name() + "'",
                    resource.identity().position(),
                    null,
                    null);
        }
        Position position = resource.identity().position();
        try {
            Map<String, Object> kwargs = TestArguments.evaluate(test, context, position, key -> position);
            Callable callable = context.bind(macro);
            return Values.str(callable.call(Call.of(List.of(), kwargs)));
        } catch (JinjaException e) {
            throw failure(e, resource, context);
        }
    }

    MillraceException failure(JinjaException e, Resource resource, NodeContext context) {
        return TemplateErrors.of(e, resource.identity().position(), runtime.project(), context.packageName());
    }
}
