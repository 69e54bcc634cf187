import type { Issue, Path } from "../issue.ts";
import { secretVariable } from "../names.ts";

/** A setting that is written alone, or in a list where there are several. */
export interface OneOrList {
  readonly one: "cache" | "database";
  readonly list: "caches" | "databases";
}

/** Both are written, of the environment: two ways to write the same. */
export function bothDeclared({ one, list }: OneOrList): Issue {
  return {
    path: [one],
    value: "set",
    allowed: `${list} is written, too, and holds every instance where there are several`,
    fix: `move it into ${list}`,
    uses: [[list]],
  };
}

/** Both are written, of a workload. */
export function bothUsed({ one, list }: OneOrList, workload: Path): Issue {
  return {
    path: [...workload, one],
    value: "set",
    allowed: `${list} is written, too, and holds every ${one} of a service that uses several`,
    fix: `move it into ${list}, with its instance`,
    uses: [[...workload, list]],
  };
}

interface Variables {
  /** Ends the name of one of them: "REDIS_HOST". */
  readonly sample: string;
  /** Ends of the names of those that are passed from secrets. */
  readonly secret: readonly string[];
  /** An example of another name. */
  readonly other: string;
}

/** Each use of a list starts its variables with a name of its own, and no secret of the workload is passed as one of them. */
export function sameVariables(
  { one, list }: OneOrList,
  variables: Variables,
  workload: Path,
  uses: readonly { readonly as?: string | undefined; readonly instance: string }[],
  secrets: readonly string[],
): Issue[] {
  const prefixes = uses.map(({ as, instance }) => secretVariable(as ?? instance));
  return uses.flatMap(({ as, instance }, index): Issue[] => {
    const prefix = prefixes[index] ?? "";
    const own = {
      path: [...workload, list, index, as === undefined ? "instance" : "as"],
      value: `"${as ?? instance}"`,
    };
    const first = prefixes.indexOf(prefix);
    const secret = secrets.find((name) =>
      variables.secret.some((end) => secretVariable(name) === `${prefix}_${end}`),
    );
    return [
      ...(first === index
        ? []
        : [
            {
              ...own,
              allowed: `${list}[${first}] has the variables ${prefix}_${variables.sample} and so on already`,
              fix: `give one of them another name: as: "${variables.other}"`,
              uses: [[...workload, list, first]],
            },
          ]),
      ...(secret === undefined
        ? []
        : [
            {
              ...own,
              allowed: `its variables start with ${prefix}_, and the secret "${secret}" is passed as one of them`,
              fix: `remove the secret from secrets: the ${one} passes its own`,
              uses: [[...workload, "secrets"]],
            },
          ]),
    ];
  });
}
