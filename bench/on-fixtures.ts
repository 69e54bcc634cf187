import path from "node:path";

/**
 * Arguments of Node that run a command on the environments of the tests, whatever those in environments/ are.
 *
 * @param folder a checkout of this project
 */
export const onFixtures = (folder: string, ...args: readonly string[]): readonly string[] => [
  path.join(folder, "test/support/run-project.ts"),
  path.join(folder, "test/fixtures"),
  ...args,
];
