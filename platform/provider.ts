import { BINDINGS_PROVIDER, LAST_RELEASES, NEWEST_PROVIDER, VersionRange } from "../resources/versions.ts";

/** The releases of hashicorp/google that the stacks are made for: from the one of their classes on, within the major versions of the facts. */
const supported = VersionRange.of({
  since: BINDINGS_PROVIDER,
  until: `${Number.parseInt(NEWEST_PROVIDER, 10) + 1}.0.0`,
});

/** A constraint of `required_providers`; a major version alone is its last release. */
export function providerConstraint(written: string): string {
  return LAST_RELEASES.get(written.trim()) ?? written;
}

/** The releases that a setting allows; undefined where it is none that the stacks are made for. */
export function supportedVersions(written: string): VersionRange | undefined {
  // A prerelease has no facts.
  if (/\d-/.test(written)) return undefined;
  const versions = VersionRange.fromConstraint(providerConstraint(written));
  return versions === undefined || versions.isEmpty || !versions.isWithin(supported) ? undefined : versions;
}
