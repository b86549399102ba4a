package dev.millrace.assets;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** When {@code millrace up} makes an asset anew. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Schedule {
    /** A cron expression of five fields, or a preset such as {@code @daily}. */
    String cron();

    String timezone() default "UTC";

    /** Whether what the asset is made from is brought up to date before. */
    boolean upstream() default true;

    /** Whether what is made from the asset follows. */
    boolean downstream() default false;
}
