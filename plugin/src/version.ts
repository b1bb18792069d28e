/** The version of the plugin, as its package.json has it. */
export const version = "0.0.0";
