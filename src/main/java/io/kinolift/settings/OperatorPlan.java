package io.kinolift.settings;

import io.kinolift.upscale.Operator;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The plan of an operator: its settings are checked and its files are read, but the operator is not made yet.
 *
 * @param factors how much larger, for people: time, height and width
 * @param fingerprint the same text means the same pictures
 * @param warning of faults that will show on every picture
 */
record OperatorPlan(String factors, Fingerprint fingerprint, Optional<String> warning, Supplier<Operator> maker) {
    OperatorPlan with(Fingerprint other) {
        return new OperatorPlan(factors, other, warning, maker);
    }

    /** @param preset where the plan comes from, for refusals */
    OperatorPlan from(String preset) {
        return new OperatorPlan(factors, fingerprint, warning, () -> new PresetOperator(make(), preset));
    }

    Operator make() {
        return maker.get();
    }
}
