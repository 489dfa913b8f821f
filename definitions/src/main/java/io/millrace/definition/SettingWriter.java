package io.millrace.definition;

import io.millrace.duration.Durations;
import java.time.Duration;
import java.util.function.Function;

/** Writes values that may be text with params in it, as {@link SettingReader} reads them. */
final class SettingWriter {
  private SettingWriter() {}

  static Object duration(Setting<Duration> setting) {
    return write(setting, Durations::text);
  }

  static Object integer(Setting<Integer> setting) {
    return write(setting, number -> number);
  }

  private static <T> Object write(Setting<T> setting, Function<T, Object> written) {
    return setting instanceof Setting.Interpolated<T> interpolated
        ? interpolated.text()
        : written.apply(setting.require());
  }
}
