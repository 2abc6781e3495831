/**
 * Who speaks in product videos: ready-made sellers and voices, from
 * <https://klingai.com/document-api/api/ecommerce-replication> (October 2026). The service may know more.
 */

/** A preset of Kling, by the id that requests have. */
export interface Preset {
	id: string;
	/** As the editor shows it. */
	name: string;
}

function capitalized(word: string): string {
	return word.slice(0, 1).toUpperCase() + word.slice(1);
}

function words(ids: string): string[] {
	return ids.trim().split(/\s+/);
}

/** Sellers: "Vivian (Female)" for `avatar_vivian_female`. */
export const AVATARS: readonly Preset[] = words(`
	adam_male anna_female chenjing_female elena_female eva_female lee_male marcus_male mia_female oliver_male
	rajput_male river_male toto_cartoon vivian_female wanglei_male zhaochen_male
`).map((seller) => {
	const [name = '', type = ''] = seller.split('_').map(capitalized);
	return { id: `avatar_${seller}`, name: `${name} (${type})` };
});

/** Voices of a seller whose image is given: "Bright, Engaging (Female)" for `female_bright_engaging`. */
export const SELLER_VOICES: readonly Preset[] = words(`
	female_bright_engaging male_calm_informative male_clear_professional female_clear_rational
	male_crisp_persuasive male_energetic_sporty female_gentle_soothing female_intelligent_narrative female_warm_rich
`).map((id) => {
	const [type = '', ...manner] = id.split('_').map(capitalized);
	return { id, name: `${manner.join(', ')} (${type})` };
});

/** Voices of clothing videos: "Calm Sales Man" for `calm_sales_man`. */
export const CLOTHING_VOICES: readonly Preset[] = words(`
	calm_sales_man calm_sales_woman crisp_sales_girl energetic_sales_boy energetic_sales_girl
	enthusiastic_sales_man gentle_sales_woman mature_sales_woman soft_sales_woman steady_sales_man
`).map((id) => ({ id, name: id.split('_').map(capitalized).join(' ') }));
