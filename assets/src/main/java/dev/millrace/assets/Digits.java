package dev.millrace.assets;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The type of a {@code BigDecimal} component's column; {@code decimal(38,9)} without it. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Digits {
    /** 1 to 38 digits in all. */
    int precision();

    /** Of them after the point. */
    int scale();
}
