import module from "node:module";

/**
 * Packages that are loaded with their first use: each takes a tenth of a small verification or more. Packed, they are part
 * of the file and still loaded then: tools/package/bundled.ts leaves this line out.
 */
const require = module.createRequire(import.meta.url);

export const promqlParser = (): typeof import("@prometheus-io/lezer-promql") =>
  require("@prometheus-io/lezer-promql");

/** RE2, whose regular expressions Google's APIs, Istio and Terraform take. */
export const re2 = (): typeof import("re2js") => require("re2js");

export const yaml = (): typeof import("yaml") => require("yaml");
