const { TestEnvironment } = require("jest-environment-node");

/** Jest's environment of every test file: when all hooks have run, watch.ts checks the calls that were still open. */
module.exports = class WatchedEnvironment extends TestEnvironment {
  async handleTestEvent({ name }) {
    if (name === "run_finish") await this.global.checkOpenCalls?.();
  }
};
