import type { Check, CrashCheck } from './check';
import { crashChecks } from './checks/crash';
import { nodeChecks } from './checks/nodes';
import { packageChecks } from './checks/package';
import { runChecks } from './checks/runs';
import { triggerChecks, triggerCrashChecks } from './checks/trigger';

/** What is tried while n8n runs. */
export const CHECKS: Check[] = [...packageChecks, ...runChecks, ...triggerChecks, ...nodeChecks];

/** What is tried with an n8n that is killed meanwhile. */
export const CRASH_CHECKS: CrashCheck[] = [...crashChecks, ...triggerCrashChecks];

/** The rows of the table. */
export const ALL_CHECKS: Array<Check | CrashCheck> = [...CHECKS, ...CRASH_CHECKS];
