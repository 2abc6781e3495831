import { startSimulator, type Simulator } from './index';
import { LISTENER_NAMES, SERVICE_NAMES, type ListenerName } from './types';

const USAGE = `Kling simulator: all Kling services on 127.0.0.1, for development.

  --port-base N      listen on N, N+1, … in the order printed (default: any free ports)
  --task-seconds S   how long a task takes (default 20)
  --slots N          video tasks an account may have running (default 5)
  --json             print addresses and keys as one line of JSON
  --help
`;

interface CliOptions {
	portBase?: number;
	taskSeconds?: number;
	slots?: number;
	json: boolean;
	help: boolean;
}

/** @throws Error with one sentence for whoever typed the command */
export function parseArguments(words: string[]): CliOptions {
	const options: CliOptions = { json: false, help: false };
	const rest = [...words];
	for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
		if (word === '--json') options.json = true;
		else if (word === '--help') options.help = true;
		else if (word === '--port-base') options.portBase = wholeNumber(word, rest.shift(), 65_528);
		else if (word === '--slots') options.slots = wholeNumber(word, rest.shift(), 1_000_000);
		else if (word === '--task-seconds') options.taskSeconds = number(word, rest.shift());
		else throw new Error(`The Kling simulator does not know the option ${word}; try --help.`);
	}
	return options;
}

function number(option: string, text: string | undefined): number {
	const value = Number(text);
	if (!text || !Number.isFinite(value) || value < 0)
		throw new Error(`${option} needs a number, not ${text ?? 'nothing'}.`);
	return value;
}

function wholeNumber(option: string, text: string | undefined, max: number): number {
	const value = number(option, text);
	if (!Number.isInteger(value) || value < 1 || value > max) {
		throw new Error(`${option} needs a whole number from 1 to ${max}, not ${String(text)}.`);
	}
	return value;
}

function portsFrom(base: number | undefined): Partial<Record<ListenerName, number>> {
	if (base === undefined) return {};
	return Object.fromEntries(LISTENER_NAMES.map((name, index) => [name, base + index]));
}

function table(simulator: Simulator): string {
	const rows = SERVICE_NAMES.map((name) => {
		const { baseUrl, apiKey, accessKey, secretKey } = simulator.services[name];
		const pair = accessKey ? `   or ${accessKey} + ${secretKey ?? ''}` : '';
		return `  ${name.padEnd(12)} ${baseUrl}   ${apiKey}${pair}`;
	});
	return [
		'Kling simulator',
		...rows,
		`  ${'cdn'.padEnd(12)} ${simulator.cdnUrl}`,
		`  ${'control'.padEnd(12)} ${simulator.controlUrl}`,
		'Ctrl-C ends it.',
	].join('\n');
}

async function main(): Promise<void> {
	const options = parseArguments(process.argv.slice(2));
	if (options.help) {
		process.stdout.write(USAGE);
		return;
	}
	const simulator = await startSimulator({
		ports: portsFrom(options.portBase),
		taskSeconds: options.taskSeconds,
		slots: options.slots,
	});
	const { services, cdnUrl, controlUrl } = simulator;
	process.stdout.write(
		options.json
			? `${JSON.stringify({ services, cdnUrl, controlUrl })}\n`
			: `${table(simulator)}\n`,
	);
	const stop = () => {
		void simulator.stop().then(() => process.exit(0));
	};
	process.once('SIGINT', stop);
	process.once('SIGTERM', stop);
}

if (require.main === module) {
	main().catch((error: unknown) => {
		process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
		process.exitCode = 1;
	});
}
