package de.federwerk.portal;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.stereotype.Controller;

/** A controller of citizens' pages: each gets its {@link Portalrahmen} as {@code r}, and its mistakes become pages of the Portal ({@link Portalfehler}). */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Controller
@interface Portalseite {}
