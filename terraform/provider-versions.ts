import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { LOCK_FILE, requiredProviders, withoutHost } from "./provider-locks.ts";

/**
 * The version of each provider that the init of a stack installs: that of the lock file, and otherwise the constraint of the
 * code. Checksums do not count: an init adds some, in an order of its own. A provider of the public registries has one address
 * for Terraform and OpenTofu.
 *
 * @param folder that holds the stack's cdk.tf.json
 * @returns by address: "hashicorp/google" to "6.50.0"
 */
export function providerVersions(folder: string): ReadonlyMap<string, string> {
  const required = requiredProviders(folder).map(
    ({ address, constraint = "" }) =>
      [withoutHost(address), constraint.replace(/^\s*=?\s*/, "").trim()] as const,
  );
  return new Map([...required, ...locked(path.join(folder, LOCK_FILE))]);
}

/** Terraform takes a lock file that a person has laid out in another way, too. */
function locked(file: string): (readonly [address: string, version: string])[] {
  const text = existsSync(file) ? readFileSync(file, "utf8") : "";
  return text.split(/^(?=[ \t]*provider[ \t]+")/m).flatMap((block) => {
    const [, address] = /^\s*provider\s+"([^"]+)"/.exec(block) ?? [];
    const [, version = ""] = /^[^#\n]*\bversion\s*=\s*"([^"]*)"/m.exec(block) ?? [];
    return address === undefined ? [] : [[withoutHost(address), version] as const];
  });
}
