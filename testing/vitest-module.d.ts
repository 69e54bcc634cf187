/** What this project uses of Vitest, which only its tests on the packed package install. Who has Vitest has its own types. */
declare module "vitest" {
  export interface Matchers<R extends void | Promise<void>, T = unknown> {}
  export const expect: { extend(matchers: object): void };
}
