/** What the editor calls things, for tables that would otherwise show the values of the API. */
import { properties } from '../../nodes/Kling/description';

/** The label of a value of *Quality*, e.g. "Professional" for `pro`. Throws where the editor has no such value. */
export function qualityLabel(value: string): string {
	for (const { name, options = [] } of properties()) {
		if (name !== 'quality') continue;
		for (const option of options) {
			if ('value' in option && option.value === value) return option.name;
		}
	}
	throw new Error(`The editor does not offer the quality "${value}"`);
}
