package dev.millrace.salesforce;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.util.zip.GZIPInputStream;

/** A response of Salesforce, with its JSON read. */
record Answer(int status, JsonNode body) {
    static final ObjectMapper MAPPER = JsonMapper.builder()
            // A decimal never goes through a double.
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    static Answer of(HttpResponse<byte[]> response) throws IOException {
        byte[] bytes = response.body();
        if (bytes.length == 0) {
            return new Answer(response.statusCode(), MAPPER.missingNode());
        }
        boolean gzip = response.headers()
                .firstValue("Content-Encoding")
                .filter("gzip"::equalsIgnoreCase)
                .isPresent();
        try (InputStream plain = new ByteArrayInputStream(bytes);
                InputStream in = gzip ? new GZIPInputStream(plain) : plain) {
            return new Answer(response.statusCode(), MAPPER.readTree(in));
        } catch (JsonProcessingException e) {
            if (response.statusCode() >= 400) {
                // A gateway's page.
                return new Answer(response.statusCode(), MAPPER.missingNode());
            }
            throw new IOException("the answer is not JSON: " + e.getOriginalMessage(), e);
        }
    }

    boolean ok() {
        return status >= 200 && status < 300;
    }

    /** Salesforce's error code, from an array of errors or from OAuth's form; empty if there is none. */
    String errorCode() {
        return body.isArray()
                ? body.path(0).path("errorCode").asText()
                : body.path("error").asText();
    }

    String errorMessage() {
        String message = body.isArray()
                ? body.path(0).path("message").asText()
                : body.path("error_description").asText();
        return message.isBlank() ? "HTTP " + status : message.strip();
    }

    static byte[] bytes(JsonNode json) {
        try {
            return MAPPER.writeValueAsBytes(json);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write JSON", e);
        }
    }
}
