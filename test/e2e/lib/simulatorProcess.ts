import { join } from 'node:path';
import { z } from 'zod';
import { type OwnProcess, startProcess } from './ownProcess';
import { ROOT } from './paths';

const addresses = z.object({
	services: z.record(
		z.object({
			baseUrl: z.string(),
			apiKey: z.string(),
			accessKey: z.string().optional(),
			secretKey: z.string().optional(),
		}),
	),
	cdnUrl: z.string(),
	controlUrl: z.string(),
});

/** A simulator of the Kling services that runs beside us; its README tells what the control server does. */
export type SimulatorProcess = z.infer<typeof addresses> & { process: OwnProcess };

export interface SimulatorProcessOptions {
	/** How long a task takes. */
	taskSeconds: number;
	/** Tasks an account may have running; default: as few as a trial pack. */
	slots?: number;
	/** Default: any free ports. */
	portBase?: number;
	logFile?: string;
}

/** Starts the Kling simulator in a process of its own and waits till it listens. */
export async function startSimulatorProcess(
	options: SimulatorProcessOptions,
): Promise<SimulatorProcess> {
	const { taskSeconds, slots, portBase, logFile } = options;
	const cli = join(ROOT, 'test', 'simulator', 'cli.ts');
	const child = startProcess({
		name: 'The Kling simulator',
		node: process.execPath,
		args: [
			...['--import', 'tsx', cli, '--json'],
			...['--task-seconds', String(taskSeconds)],
			...(slots === undefined ? [] : ['--slots', String(slots)]),
			...(portBase === undefined ? [] : ['--port-base', String(portBase)]),
		],
		cwd: ROOT,
		env: process.env,
		logFile,
	});
	const line = await child.line((text) => text.startsWith('{'));
	return { ...addresses.parse(JSON.parse(line)), process: child };
}
