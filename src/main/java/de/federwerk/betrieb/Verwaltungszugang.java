package de.federwerk.betrieb;

import org.springframework.boot.security.autoconfigure.actuate.web.servlet.EndpointRequest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;

/** Health and metrics need no sign-in: their port listens on 127.0.0.1 only, and they say nothing of files or people. */
@Configuration(proxyBeanMethods = false)
class Verwaltungszugang {

    @Bean
    @Order(1)
    SecurityFilterChain verwaltung(HttpSecurity http) {
        return http.securityMatcher(EndpointRequest.toAnyEndpoint())
                .authorizeHttpRequests(anfrage -> anfrage.anyRequest().permitAll())
                .csrf(csrf -> csrf.disable())
                .build();
    }
}
