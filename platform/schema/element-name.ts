/** Keys that tell an element of a list from the others, in the order in which they are looked for. */
const KEYS = ["name", "topic", "bucket", "as", "instance", "region", "user"] as const;

/** What tells an element of a list from the others, with its key: its name, the topic of a subscription, the bucket or database
 * instance it uses or what it calls it, the region it is in, or the login it is. */
export function elementName(
  element: unknown,
): readonly [key: (typeof KEYS)[number], value: string] | undefined {
  for (const key of KEYS) {
    const value = (element as Readonly<Record<string, unknown>> | null | undefined)?.[key];
    if (typeof value === "string") return [key, value];
  }
  return undefined;
}
