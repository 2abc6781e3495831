/**
 * A lint that finds nothing proves nothing. Here it gets files that break the rules, under the names of our
 * own, and has to say so.
 */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

const root = join(__dirname, '../..');

interface Message {
	/** Null where the code could not be read at all. */
	ruleId: string | null;
	severity: number;
	message: string;
}

interface BadFile {
	/** The file of ours that the code is said to stand in. */
	filePath: string;
	code: string;
	/** The rules that must object. */
	rules: string[];
}

/** What eslint says about each file, in the same order. */
async function lint(files: BadFile[]): Promise<Message[][]> {
	const child = spawn(process.execPath, [join(__dirname, 'lintTexts.mjs')], {
		cwd: root,
		env: {
			...process.env,
			// Otherwise typescript-eslint reads the files from the disk instead.
			TSESTREE_SINGLE_RUN: 'false',
			// Under jest's NODE_ENV=test n8n's plugin believes it is being tested itself.
			NODE_ENV: 'production',
		},
	});
	child.stdin.end(JSON.stringify(files));
	const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)]);
	if (!stdout.startsWith('[')) throw new Error(`eslint did not run: ${stderr}`);
	return JSON.parse(stdout) as Message[][];
}

const badNode = `
import axios from 'axios';
import { ESLint } from 'eslint';
import type { IExecuteFunctions, INodeExecutionData, INodeType, INodeTypeDescription } from 'n8n-workflow';

export class Kling implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Kling',
		name: 'kling',
		group: ['transform'],
		version: 1,
		description: 'Make videos',
		defaults: { name: 'Kling' },
		inputs: ['main'],
		outputs: ['main'],
		properties: [
			{
				displayName: 'resource ',
				name: 'resource',
				type: 'options',
				options: [{ name: 'Videos 🎬', value: 'video' }],
				default: 'image',
			},
			{
				displayName: 'Simplify',
				name: 'simple',
				type: 'boolean',
				default: false,
				description: 'Makes it short',
			},
			{ displayName: 'Wait', name: 'wait', type: 'boolean', default: true, description: 'Waits' },
			{ displayName: 'Limit', name: 'limit', type: 'number', default: 10 },
		],
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const credentials: any = await this.getCredentials('klingApi');
		const out: INodeExecutionData[] = [];
		try {
			const answer = await this.helpers.httpRequest({ url: credentials.baseUrl });
			out.push({ json: { answer } });
			this.helpers.httpRequest({ url: 'https://example.com' });
		} catch (error) {
			console.log(error);
			throw error;
		}
		setTimeout(() => undefined, 10);
		eval('1');
		if (out.length == 1) throw new Error(process.env.HOME);
		void axios;
		void ESLint;
		return [out];
	}
}
`;

const badCredential = `
import type { ICredentialType, INodeProperties } from 'n8n-workflow';

export class KlingApi implements ICredentialType {
	name = 'Kling';
	displayName = 'Kling';
	documentationUrl = 'kling';
	properties: INodeProperties[] = [
		{ displayName: 'Secret Key', name: 'secretKey', type: 'string', default: '' },
	];
}
`;

const badPackage = JSON.stringify({
	name: 'my-nodes',
	version: '1',
	description: '',
	license: 'GPL-3.0',
	author: '',
	keywords: [],
	scripts: { postinstall: 'echo' },
	dependencies: { axios: '1.0.0' },
	peerDependencies: { 'n8n-workflow': '^1.0.0' },
	overrides: { axios: '1.0.0' },
	n8n: { nodes: ['src/Kling.node.ts'] },
});

/** A file of one room that imports from a room it must not know. */
const crossing = (filePath: string, other: string): [string, BadFile] => [
	`in ${filePath}, that imports ${other}`,
	{
		filePath,
		code: `import * as other from '${other}';\nvoid other;\n`,
		rules: ['import-x/no-restricted-paths'],
	},
];

const BAD_FILES: Array<[string, BadFile]> = [
	[
		'in a node',
		{
			filePath: 'nodes/Kling/Kling.node.ts',
			code: badNode,
			rules: [
				'@n8n/community-nodes/missing-paired-item',
				'@n8n/community-nodes/no-dangerous-functions',
				'@n8n/community-nodes/no-emoji-in-options',
				'@n8n/community-nodes/no-http-request-with-manual-auth',
				'@n8n/community-nodes/no-restricted-globals',
				'@n8n/community-nodes/no-restricted-imports',
				'@n8n/community-nodes/node-class-description-icon-missing',
				'@n8n/community-nodes/node-connection-type-literal',
				'@n8n/community-nodes/node-usable-as-tool',
				'@n8n/community-nodes/require-node-api-error',
				'@n8n/community-nodes/require-node-description-fields',
				'@typescript-eslint/no-explicit-any',
				'@typescript-eslint/no-floating-promises',
				'@typescript-eslint/no-unsafe-assignment',
				'@typescript-eslint/no-unsafe-member-access',
				'eqeqeq',
				'n8n-nodes-base/node-param-default-wrong-for-limit',
				'n8n-nodes-base/node-param-default-wrong-for-simplify',
				'n8n-nodes-base/node-param-description-boolean-without-whether',
				'n8n-nodes-base/node-param-display-name-untrimmed',
				'n8n-nodes-base/node-param-resource-without-no-data-expression',
				'no-console',
				'no-restricted-imports',
			],
		},
	],
	[
		'in a credential',
		{
			filePath: 'credentials/KlingApi.credentials.ts',
			code: badCredential,
			rules: [
				'@n8n/community-nodes/cred-class-field-icon-missing',
				'@n8n/community-nodes/credential-documentation-url',
				'@n8n/community-nodes/credential-password-field',
				'n8n-nodes-base/cred-class-field-display-name-missing-api',
				'n8n-nodes-base/cred-class-field-documentation-url-not-http-url',
				'n8n-nodes-base/cred-class-field-name-unsuffixed',
			],
		},
	],
	[
		'in package.json',
		{
			filePath: 'package.json',
			code: badPackage,
			rules: [
				'@n8n/community-nodes/n8n-object-validation',
				'@n8n/community-nodes/no-forbidden-lifecycle-scripts',
				'@n8n/community-nodes/no-overrides-field',
				'@n8n/community-nodes/no-runtime-dependencies',
				'@n8n/community-nodes/package-name-convention',
				'@n8n/community-nodes/require-files-array',
				'@n8n/community-nodes/require-homepage',
				'@n8n/community-nodes/require-version',
				'@n8n/community-nodes/valid-author',
				'@n8n/community-nodes/valid-description',
				'@n8n/community-nodes/valid-peer-dependencies',
				'n8n-nodes-base/community-package-json-keywords-without-official-tag',
				'n8n-nodes-base/community-package-json-license-not-default',
				'n8n-nodes-base/community-package-json-n8n-api-version-missing',
			],
		},
	],
	crossing('nodes/shared/providers/schemas.ts', 'n8n-workflow'),
	crossing('nodes/KlingTrigger/receive.ts', '../Kling/run/generate'),
	crossing('nodes/Kling/run/query.ts', '../../KlingTrigger/deliver'),
	crossing('nodes/shared/n8n/session.ts', '../../Kling/run/generate'),
	crossing('nodes/shared/core/task.ts', '../providers/types'),
	crossing('nodes/shared/providers/aceData/encode.ts', '../legacy/decode'),
	crossing('nodes/shared/providers/aceData/encode.ts', '../newStandard/models'),
	crossing('nodes/shared/providers/newStandard/body.ts', '../legacy/decode'),
	crossing('nodes/Kling/parameters/basics.ts', '../run/generate'),
];

describe('npm run lint objects', () => {
	let messages: Message[][] = [];
	beforeAll(async () => {
		messages = await lint(BAD_FILES.map(([, file]) => file));
	}, 120_000);

	it.each(BAD_FILES)('%s', (_where, file) => {
		const found = messages[BAD_FILES.findIndex(([, bad]) => bad === file)] ?? [];
		expect(found.filter(({ ruleId, severity }) => ruleId === null || severity !== 2)).toEqual([]);
		expect(found.map(({ ruleId }) => ruleId)).toEqual(expect.arrayContaining(file.rules));
	});
});
