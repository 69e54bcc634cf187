/** Units by the name of a number: the first that matches. */
const UNITS: readonly (readonly [RegExp, string])[] = [
  [/(status|address|access|class)$/, ""],
  [/(^|_)(sec|secs|seconds|ttl)$/, "s"],
  [/(^|_)(ms|millis|milliseconds)$/, "ms"],
  [/(^|_)nanos$/, "ns"],
  [/(^|_)minutes$/, "min"],
  [/(^|_)hours$/, "h"],
  [/(^|_)days$/, "days"],
  [/_gb$|^disk_size$/, "GiB"],
  [/_mb$/, "MiB"],
  [/_bytes$|_string_length$/, "bytes"],
  [/_(mbps|throughput)$/, "Mbit/s"],
  [/(^|_)percent(age)?$/, "%"],
  [/_sample_rate$|^sample_rate$/, "of requests"],
  [/^cpu$/, "vCPU"],
  [/_concurrency$/, "requests"],
  [/_pool_size$|_max_overflow$/, "connections"],
  [/_threshold$|_attempts$/, "attempts"],
  [/^parallelism$/, "tasks"],
];

/**
 * The unit that the name of a number states: "instances" of max_instances, "s" of period_seconds. Empty where the number
 * names something, as a port or a version does.
 *
 * @param name as Terraform or an environment variable has it
 */
export function unitOf(name: string): string {
  const key = name.toLowerCase();
  const [, unit] = UNITS.find(([pattern]) => pattern.test(key)) ?? [];
  if (unit !== undefined) return unit;
  const [, counted, , each] = /(?:^|_)([a-z]+s)(_per_([a-z]+))?$/.exec(key) ?? [];
  const [, one] = /(?:^|_)([a-z]+)_count$/.exec(key) ?? [];
  if (one !== undefined) return `${one}s`;
  return [counted, each].filter((word) => word !== undefined).join(" per ");
}
