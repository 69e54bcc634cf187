/** What tells an element of a list from the others, with its key: its name, or the topic of a subscription. */
export function elementName(element: unknown): readonly [key: "name" | "topic", value: string] | undefined {
  for (const key of ["name", "topic"] as const) {
    const value = (element as Readonly<Record<string, unknown>> | null | undefined)?.[key];
    if (typeof value === "string") return [key, value];
  }
  return undefined;
}
