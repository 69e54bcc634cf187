import { own } from "../json.ts";
import type { Rejection } from "../rejection.ts";
import { withoutBraces } from "./body.ts";
import type { ModuleSource } from "./module-source.ts";

/**
 * What names a configuration of a provider that its module neither has nor is given: one sentence for each configuration.
 * https://developer.hashicorp.com/terraform/language/block/provider#alias
 */
export function missingAliases({ resources, providers, configurationAliases }: ModuleSource): Rejection[] {
  const missing = new Map<string, Pick<Rejection, "address" | "origin">>();
  for (const { body, mode, type, name, origin } of resources) {
    const written = own(body, "provider");
    const [, provider = "", alias] =
      typeof written === "string" ? (/^([\w-]+)\.([\w-]+)/.exec(withoutBraces(written)) ?? []) : [];
    if (alias === undefined || configurationAliases.has(`${provider}.${alias}`)) continue;
    const isThere = (providers.get(provider) ?? []).some((block) => own(block, "alias") === alias);
    const address = `${mode === "data" ? "data." : ""}${type}.${name}`;
    if (!isThere && !missing.has(`${provider}.${alias}`))
      missing.set(`${provider}.${alias}`, { address, origin });
  }
  return [...missing].map(([key, from]) => {
    const [provider, alias] = key.split(".");
    return {
      ...from,
      message: `provider is ${key}; rejected at plan: no provider block has that alias.`,
      fix: `Add a provider "${provider}" with alias = "${alias}".`,
    };
  });
}
