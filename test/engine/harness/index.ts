/**
 * Runs one node in n8n's own engine (n8n-core), not in a mock of it: the workflow
 *
 *     Start ──► node under test ──► After (output 0)
 *                              └──► Failed (output 1, with onError: 'continueErrorOutput')
 *
 * goes through `WorkflowExecute`, so that expressions, paired items, retries, the error output, binary data,
 * credentials and Stop behave as they do in n8n. Only the parts that live in n8n's server are stood in for
 * here, and they follow its source: the credentials store and the credential test.
 */
export { testCredential } from './credentialTest';
export { binaryItem, binaryOf, inspect, logged, readBinary, useBinaryMode } from './logsAndFiles';
export type { RunOptions, RunResult, StartedRun } from './options';
export { runNode, startNode } from './run';
export { nodeTypeOf, setStage } from './stage';
export { callWebhook } from './webhook';
