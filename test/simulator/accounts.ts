import type { ServiceName } from './types';

/** Why an account cannot pay, as Kling's code; undefined for one in good standing. */
export type AccountTrouble = 1100 | 1101 | 1102;

export interface Account {
	/** Unique over all services. */
	name: string;
	service: ServiceName;
	apiKey: string;
	accessKey?: string;
	secretKey?: string;
	/** Of the platform, which is another host with tokens of its own. */
	platformToken?: string;
	trouble?: AccountTrouble;
	/** Units left. */
	balance: number;
	/** Dollars left. */
	cash: number;
}

/** Dollars that an account starts with. */
const CASH = 1000;

type AccountTemplate = Omit<Account, 'balance' | 'cash'>;

const OFFICIAL_TROUBLES: ReadonlyArray<readonly [string, AccountTrouble]> = [
	['empty', 1102],
	['arrears', 1101],
	['abnormal', 1100],
];

function officialAccounts(service: ServiceName, word: string): AccountTemplate[] {
	const main: AccountTemplate = {
		name: `${word}-main`,
		service,
		apiKey: `sim-${word}-key`,
		accessKey: `sim-${word}-access-key`,
		secretKey: `sim-${word}-secret-key`,
	};
	const troubled = OFFICIAL_TROUBLES.map(([trouble, code]) => ({
		name: `${word}-${trouble}`,
		service,
		apiKey: `sim-${word}-${trouble}-key`,
		accessKey: `sim-${word}-${trouble}-access-key`,
		secretKey: `sim-${word}-${trouble}-secret-key`,
		trouble: code,
	}));
	return [main, ...troubled];
}

function resellerAccounts(service: ServiceName, word: string, prefix: string): AccountTemplate[] {
	return [
		{ name: `${word}-main`, service, apiKey: `${prefix}sim-${word}-key` },
		{ name: `${word}-empty`, service, apiKey: `${prefix}sim-${word}-empty-key`, trouble: 1102 },
	];
}

const TEMPLATES: readonly AccountTemplate[] = [
	...officialAccounts('klingGlobal', 'global'),
	...officialAccounts('klingChina', 'china'),
	...resellerAccounts('aceData', 'ace', '').map((account) => ({
		...account,
		platformToken: `platform-sim-${account.name}`,
	})),
	...resellerAccounts('openaiHk', 'openaihk', 'hk-'),
	...resellerAccounts('relay', 'relay', ''),
	...resellerAccounts('newApi', 'newapi', 'sk-'),
];

/** All accounts of all services. The first one of a service is the one in good standing. */
export class Accounts {
	private accounts: Account[] = [];

	constructor(private readonly balance: () => number) {
		this.reset();
	}

	/** Gives every account its first balance back. */
	reset(): void {
		this.accounts = TEMPLATES.map((template) => ({
			...template,
			balance: template.trouble === 1102 ? 0 : this.balance(),
			cash: template.trouble === 1102 ? 0 : CASH,
		}));
	}

	of(service: ServiceName): Account[] {
		return this.accounts.filter((account) => account.service === service);
	}

	main(service: ServiceName): Account {
		const [account] = this.of(service);
		if (!account) throw new Error(`The simulator has no account for ${service}`);
		return account;
	}

	byName(name: string): Account | undefined {
		return this.accounts.find((account) => account.name === name);
	}

	byApiKey(service: ServiceName, apiKey: string): Account | undefined {
		return this.of(service).find((account) => account.apiKey === apiKey);
	}

	byPlatformToken(token: string): Account | undefined {
		return this.accounts.find(({ platformToken }) => platformToken === token);
	}

	byAccessKey(service: ServiceName, accessKey: string): Account | undefined {
		return this.of(service).find((account) => account.accessKey === accessKey);
	}
}
