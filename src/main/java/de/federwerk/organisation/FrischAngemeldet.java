package de.federwerk.organisation;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Asks for a sign-in that is only minutes old before the act runs: for what somebody at a desk left open must not be able to do, such
 * as a change of rights. Stands on the method of a controller, or on the controller for all its acts ({@code POST}).
 */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
public @interface FrischAngemeldet {}
