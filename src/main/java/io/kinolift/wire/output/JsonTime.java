package io.kinolift.wire.output;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.kinolift.wire.input.TimeUnitName;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/** Times in the form in which others came. */
final class JsonTime {
    private JsonTime() {}

    /** A time as a number of the same unit, whole where the other was; or as a date and time. */
    static JsonNode like(JsonNode other, TimeUnitName unit, BigInteger micros) {
        try {
            BigDecimal number = new BigDecimal(other.asText().strip());
            BigDecimal same = new BigDecimal(micros).scaleByPowerOfTen(-unit.power(number));
            boolean isWhole = other.isNumber() ? other.isIntegralNumber() : number.scale() <= 0;
            BigDecimal written = same.setScale(isWhole ? 0 : 6, RoundingMode.DOWN);
            if (other.isTextual()) {
                return TextNode.valueOf(written.toPlainString());
            }
            return isWhole ? LongNode.valueOf(written.longValue()) : DecimalNode.valueOf(written);
        } catch (NumberFormatException _) {
            return TextNode.valueOf(date(other.asText(), micros));
        }
    }

    private static String date(String other, BigInteger micros) {
        Instant instant = Instant.EPOCH.plus(micros.longValue(), ChronoUnit.MICROS);
        String text = other.endsWith("Z") || other.matches(".*[+-]\\d\\d:?\\d\\d")
                ? instant.toString()
                : LocalDateTime.ofInstant(instant, ZoneOffset.UTC).toString();
        return other.indexOf('T') < 0 ? text.replace('T', ' ') : text;
    }
}
