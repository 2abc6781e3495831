const TERMINAL_MS = 1000;
const LOG_MS = 15_000;

/**
 * A line that keeps moving while something long runs: rewritten every second on a terminal, a new
 * line now and then in a log.
 * @param {string} text
 * @param {() => string | undefined} [more] further words, asked for at every tick
 */
export function showProgress(text, more = () => undefined) {
	const begin = Date.now();
	const terminal = Boolean(process.stdout.isTTY);
	const line = () =>
		[`${text} …`, more(), `${Math.round((Date.now() - begin) / 1000)} s`].filter(Boolean).join(' ');
	const rewrite = (content) => process.stdout.write(`\r\x1b[K${content}`);

	if (terminal) rewrite(line());
	else console.log(`${text} …`);
	const timer = setInterval(
		() => (terminal ? rewrite(line()) : console.log(line())),
		terminal ? TERMINAL_MS : LOG_MS,
	);
	return {
		end(word) {
			clearInterval(timer);
			const seconds = ((Date.now() - begin) / 1000).toFixed(1);
			if (terminal) rewrite(`${text} … ${word} (${seconds} s)\n`);
			else console.log(`${text} … ${word} (${seconds} s)`);
		},
	};
}
