import { BINDINGS_PROVIDER, LAST_RELEASES, VersionRange } from "../../resources/versions.ts";
import { supportedVersions } from "../provider.ts";
import { leaf } from "./leaf.ts";

const majors = [...LAST_RELEASES].map(([major, release]) => `"${major}" (${release})`).join(", ");
const newest = Number([...LAST_RELEASES.keys()].at(-1));
const beyond = `${newest + 1}.0.0`;

/** Version of hashicorp/google: a major version by its number, or a version constraint of Terraform. */
export const provider = leaf<string>({
  allowed: `allowed is a version of the provider hashicorp/google: ${majors}, or a constraint like "~> 7.19" that stays from ${BINDINGS_PROVIDER} to below ${beyond}`,
  placeholder: BINDINGS_PROVIDER,
  check: (value) => {
    if (typeof value !== "string")
      return { fix: `write it in quotes, for example "${newest}"`, usable: false };
    if (supportedVersions(value) !== undefined) return undefined;
    return { fix: fixOf(VersionRange.fromConstraint(value)), usable: false };
  },
});

function fixOf(versions: VersionRange | undefined): string {
  if (versions === undefined || versions.isEmpty) return `write for example "${newest}"`;
  if (!versions.isWithin(VersionRange.of({ since: BINDINGS_PROVIDER })))
    return 'write "6", or "~> 6.50" for its patches: the stacks use what older versions lack';
  return versions.isWithin(VersionRange.of({ since: beyond }))
    ? `write "${newest}", the newest that the stacks are held against`
    : `write "${newest}", or a constraint of releases with an upper bound: ">= ${BINDINGS_PROVIDER}, < ${newest + 1}"`;
}
