package dev.millrace.serving.pgwire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.postgresql.util.ByteConverter;

class NumericTest {
    @Test
    void what_is_written_is_what_the_driver_and_we_read() throws IOException {
        Random random = new Random(7);
        for (int i = 0; i < 2_000; i++) {
            int scale = random.nextInt(20);
            BigDecimal number = new BigDecimal(new BigInteger(random.nextInt(126), random), scale);
            number = random.nextBoolean() ? number.negate() : number;
            byte[] bytes = written(number);
            assertThat(ByteConverter.numeric(bytes, 0, bytes.length)).isEqualTo(number);
            assertThat(Numeric.read(new Fields(ByteBuffer.wrap(bytes)))).isEqualTo(number);
        }
    }

    private static byte[] written(BigDecimal number) throws IOException {
        Message message = new Message('D');
        Numeric.write(message, number);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        message.writeTo(out);
        byte[] all = out.toByteArray();
        return java.util.Arrays.copyOfRange(all, 5, all.length);
    }
}
