/** Why a preflight job does not run, or ends without results, and what to do. */
export interface Remedy {
  /** False for a guess. */
  readonly known: boolean;
  readonly what: string;
}

/**
 * @param said Google's own message; may be empty
 * @param environment name of the job's environment
 */
export function preflightRemedy(said: string, environment: string): Remedy {
  const secrets = `"npm run secrets -- ${environment}" lists those that are missing, with the commands that add them`;
  const image =
    "build and push it, and write its digest into preflight.image (docs/preflight.md, Building the image)";
  const again = "then run the same command again";
  if (/secret/i.test(said))
    return {
      known: true,
      what: `a secret has no version yet, or its job may not read it: ${secrets}; ${again}`,
    };
  if (/image/i.test(said) && /not found|does not exist|denied|pull/i.test(said))
    return { known: true, what: `the image of the preflight is not in the registry: ${image}; ${again}` };
  return {
    known: false,
    what: `where the image is missing in the registry, ${image}; where a secret version is missing, ${secrets}`,
  };
}
