/**
 * Stands in for npm where n8n runs it: `npm view` and `npm pack` of our own package answer with the
 * tarball built from this working copy instead of the registry's, so that n8n's own code installs it
 * just as it would a published version. Everything else goes to the real npm.
 */
import { spawnSync } from 'node:child_process';
import { copyFileSync } from 'node:fs';
import { basename, join } from 'node:path';

const { HOST_NPM_PACKAGE: ours, HOST_NPM_TARBALL: tarball, HOST_NPM_PATH: path } = process.env;
const args = process.argv.slice(2);
const [command, wanted = ''] = args;
const at = wanted.lastIndexOf('@');
const isOurs = `${wanted.slice(0, at)}@` === ours?.slice(0, ours.lastIndexOf('@') + 1);

if (command === 'view' && isOurs) {
	console.log(JSON.stringify(ours.slice(ours.lastIndexOf('@') + 1)));
} else if (command === 'pack' && isOurs) {
	copyFileSync(tarball, join(process.cwd(), basename(tarball)));
	console.log(basename(tarball));
} else if (command === 'outdated') {
	// Asked on every look at Settings → Community nodes; it would wait for the registry.
	console.log('{}');
} else {
	const { status } = spawnSync('npm', args, {
		stdio: 'inherit',
		env: { ...process.env, PATH: path },
	});
	process.exitCode = status ?? 1;
}
