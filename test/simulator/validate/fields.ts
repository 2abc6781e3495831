import { stringifyExactJson } from '../exactJson';
import { badValue, type Refusal, wrongType } from '../refusal';
import type { JsonObject, JsonValue } from '../types';

const LONGEST_QUOTE = 100;

interface TextRules {
	required?: boolean;
	/** Longest text, in characters. */
	max?: number;
	oneOf?: readonly string[];
}

interface NumberRules {
	required?: boolean;
	min: number;
	max: number;
}

/**
 * Reads the fields of a JSON body as strictly as the services do. null and "" count as not given:
 * their own samples send both for "none". Fields nobody reads are ignored without a word.
 */
export class Fields {
	constructor(
		readonly body: JsonObject,
		private readonly prefix = '',
	) {}

	name(field: string): string {
		return this.prefix + field;
	}

	has(field: string): boolean {
		const value = this.body[field];
		return value !== undefined && value !== null && value !== '';
	}

	text(field: string, rules: TextRules = {}): string | undefined {
		const value = this.given(field, rules.required);
		if (value === undefined) return undefined;
		if (typeof value !== 'string') throw wrongType(this.name(field), 'string');
		if (rules.max !== undefined && Array.from(value).length > rules.max) {
			throw badValue(`${this.name(field)} exceeds the maximum length of ${rules.max} characters`);
		}
		if (rules.oneOf && !rules.oneOf.includes(value)) throw this.invalid(field, value);
		return value;
	}

	number(field: string, rules: NumberRules): number | undefined {
		const value = this.given(field, rules.required);
		if (value === undefined) return undefined;
		if (typeof value !== 'number') throw wrongType(this.name(field), 'number');
		if (value < rules.min || value > rules.max) {
			throw badValue(
				`${this.name(field)} value '${value}' is invalid: must be between ${rules.min} and ${rules.max}`,
			);
		}
		return value;
	}

	integer(field: string, rules: NumberRules): number | undefined {
		const value = this.number(field, rules);
		if (value !== undefined && !Number.isInteger(value))
			throw wrongType(this.name(field), 'integer');
		return value;
	}

	/** A whole number of any size, digit by digit. */
	exactInteger(field: string): string {
		const value = this.given(field, true);
		if (typeof value === 'bigint' || (typeof value === 'number' && Number.isInteger(value))) {
			return value.toString();
		}
		throw wrongType(this.name(field), 'long');
	}

	flag(field: string): boolean | undefined {
		const value = this.given(field);
		if (value === undefined) return undefined;
		if (typeof value !== 'boolean') throw wrongType(this.name(field), 'boolean');
		return value;
	}

	object(field: string): Fields | undefined {
		const value = this.given(field);
		if (value === undefined) return undefined;
		if (!isObject(value)) throw wrongType(this.name(field), 'object');
		return new Fields(value, `${this.name(field)}.`);
	}

	/** A list of objects; an empty one counts as not given. */
	list(field: string, rules: { required?: boolean; max: number }): Fields[] {
		const value = this.given(field, rules.required);
		if (value === undefined) return [];
		if (!Array.isArray(value)) throw wrongType(this.name(field), 'array');
		if (rules.required && value.length === 0)
			throw badValue(`${this.name(field)} must not be empty`);
		if (value.length > rules.max) {
			throw badValue(`The number of ${this.name(field)} must not exceed ${rules.max}`);
		}
		return value.map((entry, index) => {
			const name = `${this.name(field)}[${index}]`;
			if (!isObject(entry)) throw wrongType(name, 'object');
			return new Fields(entry, `${name}.`);
		});
	}

	/** http(s) only. */
	url(field: string, rules: { required?: boolean } = {}): string | undefined {
		const value = this.text(field, rules);
		if (value !== undefined && !isHttpUrl(value)) throw this.invalid(field, value);
		return value;
	}

	invalid(field: string, value: JsonValue): Refusal {
		const text = typeof value === 'object' ? stringifyExactJson(value) : String(value);
		// Somebody may have put ten megabytes of base64 where a link belongs.
		return badValue(`${this.name(field)} value '${text.slice(0, LONGEST_QUOTE)}' is invalid`);
	}

	private given(field: string, required = false): JsonValue | undefined {
		const value = this.body[field];
		if (value !== undefined && value !== null && value !== '') return value;
		if (required) throw badValue(`${this.name(field)} is required`);
		return undefined;
	}
}

export function isObject(value: JsonValue | undefined): value is JsonObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function isHttpUrl(value: string): boolean {
	try {
		return ['http:', 'https:'].includes(new URL(value).protocol);
	} catch {
		return false;
	}
}
