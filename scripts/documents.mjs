/** Writes every page that is made from the code. With `--check` it writes nothing and fails when one is old. */
import './configuration.mjs';
import './flow.mjs';
