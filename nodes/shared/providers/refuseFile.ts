import { KlingError } from '../core/errors';

const HERE =
	'Enter a Platform Token in the credential, with which files are uploaded first, or give a web address. The token is made in the console of Ace Data Cloud under Platform Tokens';
const ELSEWHERE =
	'Put it on a host of your own and give its address, or choose a credential for Ace Data Cloud with a Platform Token';

/** Refuses a file where a service takes its address only; `uploads`: whether it has a place for files. Throws `invalidInput`. */
export function refuseFile(label: string, parameter: string, uploads: boolean): never {
	throw new KlingError(
		'invalidInput',
		`${parameter} must be a web address at ${label}, which takes no binary data and no base64${uploads ? '' : ' for it'}`,
		{ parameter, advice: uploads ? HERE : ELSEWHERE },
	);
}
