/**
 * Settings, and the plans that follow from them. Nothing of a topology or a running application is known here.
 *
 * <p>A {@code Setting} is declared once, in the class of its subject ({@code LimitSettings}, {@code GapSettings}, ...) or
 * of its operator. From the declaration follow Kafka's {@code ConfigDef}, the command-line option, the settings of
 * groups of streams ({@code PER_STREAM}), the fingerprint ({@code SHAPES_OUTPUT}) and the table in the README.
 * {@link io.kinolift.settings.KinoliftConfig} holds the values: {@code config.get(WindowingSettings.WINDOW_SIZE)}.
 *
 * <p>{@link io.kinolift.settings.Presets} are combinations of values that take the place of defaults. {@code
 * KinoliftConfig} adds them where it fills in defaults, so that nothing else has to know of them.
 *
 * <p>{@code LowerLevels} derives the levels of a stream with a latency budget from its plan.
 *
 * <p>An {@code OperatorKind} is one class that names an operator, declares its settings and makes its plan; the list in
 * {@link io.kinolift.settings.OperatorKinds} is the only other place that knows it. A setting that an operator does not
 * take is refused with it, and a value for all streams does not reach a group with such an operator.
 *
 * <p>{@code Fingerprint} is the text that a running stream keeps in its metadata row: another text ends the segment.
 * Kinds add the values that they resolve, such as the hash of their weights; every other setting that shapes output is
 * added where it differs from its default. So a new setting is never forgotten, and does not end running segments.
 *
 * <h2>To add</h2>
 *
 * <ul>
 *   <li>a setting: its declaration in the class of its subject
 *   <li>a setting of an operator: its declaration in the kind, and its use in the kind's plan
 *   <li>an operator: a kind and its line in {@code OperatorKinds}, a stage and a kernel
 * </ul>
 *
 * <p>{@link io.kinolift.settings.Plans} makes operators, encoders and {@link io.kinolift.engine.StreamPlans} of the
 * values. {@link io.kinolift.settings.StreamGroups} gives every group of streams a configuration of its own, of the
 * values for all and those of the group, so that plans are made of both in the same way.
 */
package io.kinolift.settings;
