/**
 * Branded units. A plain number or string where a unit is expected does not compile, so 300 ms can never
 * be written where 300 s is meant. The functions only brand: the schema checks the bounds, so that all
 * issues of an environment are reported at once instead of throwing at the first.
 */
declare const brand: unique symbol;
type Branded<T, Name extends string> = T & { readonly [brand]: Name };

/** An IPv4 range in CIDR form, for example 10.1.0.0/28. */
export type Cidr = Branded<string, "Cidr">;
/** A duration in whole seconds. */
export type Seconds = Branded<number, "Seconds">;
/** Memory or disk in mebibytes (1024 × 1024 bytes). */
export type Mebibytes = Branded<number, "Mebibytes">;
/** Network throughput in megabits per second. */
export type MegabitsPerSecond = Branded<number, "MegabitsPerSecond">;

export const cidr = (range: string): Cidr => range as Cidr;
export const seconds = (count: number): Seconds => count as Seconds;
export const minutes = (count: number): Seconds => (count * 60) as Seconds;
export const days = (count: number): Seconds => (count * 86400) as Seconds;
export const mebibytes = (count: number): Mebibytes => count as Mebibytes;
export const gibibytes = (count: number): Mebibytes => (count * 1024) as Mebibytes;
export const megabitsPerSecond = (count: number): MegabitsPerSecond => count as MegabitsPerSecond;

/** Google's quantity form, canonical so that the server returns it unchanged: 512 -> "512Mi", 2048 -> "2Gi". */
export function memoryQuantity(memory: Mebibytes): string {
  return memory % 1024 === 0 ? `${memory / 1024}Gi` : `${memory}Mi`;
}
