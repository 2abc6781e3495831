/**
 * The effects of Kling, by their names in requests (`effect_scene`). They come and go about every fortnight, so what is not
 * here is left to the service. From the page of video effects, as <https://github.com/aself101/kling-api> keeps it, and
 * <https://kling.ai/document-api/updates/api>.
 */

/** The day of the list. */
export const EFFECTS_AS_OF = '2026-09-20';

const namesIn = (text: string): readonly string[] => text.trim().split(/\s+/);

/** Those that are made of two images, which Kling joins side by side. */
export const DUAL_EFFECTS = namesIn(`
	cheers_2026 daily_ootd eternal_kiss fight_pro finger_swipe french_elegance heart_gesture_pro hug_pro kiss_pro
	pet_skateboard smooth_transition snow_night_kiss studio_look switch_to_silk toss_run
`);

/** Those that are made of one image. */
export const SINGLE_EFFECTS = namesIn(`
	3d_cartoon_2 advent_of_flora african_sway air_dunk arg_goal arg_hot_dance barbie_transform beast_striker
	bicycle_kick birthday_board birthday_star black_wings bloodline_dance blow_blaze bouncy_dance bouquet_drop
	box_of_joy bra_goal bra_hot_dance building_sweater bullet_time_360 bullet_time_lite champagne_birthday chanel_dance
	chinese_trend christmas_photo_shoot chubby_fish city_to_village color_mixing coronation_of_frost countdown_teleport
	critter_paste crystal_horse cute_dance cute_pumpkin_transform dance_with_dragon daoma_dance day_to_night
	demon_transform dirt_rush disco_paws dj_pet dollar_rain_pro drunk_dance drunk_dance_pet dumpling_making_pet
	expression_challenge f1_live first_toast_of_the_year fish_making_pet flash_drive flash_ride food_splash
	football_dance football_dance_2 football_live football_live_9_16 fortune_god_transform fortune_in_motion
	fortune_knocks_cartoon fra_hot_dance funky_martian get_rich_quick ghost_step_dance glamour_photo_shoot
	golden_horse_fortune golden_wing good_luck_dance good_luck_spirit great_success guardian_spirit hair_dressup
	halloween_escape happy_birthday heart_gesture_dance horse_mask horse_year_firework hot_feet_dance idol_live
	instant_christmas j_var_live jealousy_sway jumping_ginger_joy knock_at_a_door_revenge korean_baseball
	korean_baseball_9_16 laicai_dance landmark_reveal lantern_festival_cuju lantern_glow lion_dance lion_dance_pet
	love_theme_song lucky_horse_year lucky_money_come lucky_red_packet lucky_veggie luminous_elf maestro_of_magic
	magic_carpet_ride magic_world_vlog magic_world_vlog_9_16 make_it_rain makeup_style martial_arts martial_meow
	minimalist_light motorcycle_dance mummy_transform my_santa_pic net_the_fish new_year_feast new_year_greeting nezha
	ornament_crash overdrive palm_sized_figure_pro paw_headbang perler_beads pet_bee_pro pet_burst pet_crash_earth
	pet_dance pet_diving pet_fitness pet_lion_pro pet_moto_rider pet_red_packet pet_roll_window pet_working_daily
	phantom_jewel pigeon_dance pink_pink_wings poping por_goal prank_box prosperity pumpitup_dance
	pumpkin_head_transform pure_white_wings raid_check red_card_sent_off red_packet_box return_of_the_king ring_in_new
	running running_man samba_fever santa_express santa_gift santa_random_surprise sassy_shake scarlet_and_snow
	sedan_chair_dance send_my_love shooting_star shrug_dance shush_my_dreams skateskate skyfall smooth_sailing_dance
	snowboarding snowglobe soccer_star sovereign_scepter spark_in_the_snow sparkler_wand spielberg_transition
	spring_bloom steampunk_christmas subject_3_dance summer_fireworks surfsurf surprise_bouquet swag_dance swing_swing
	swish_swish tangyuan_to_animal tennis_trend tennis_trend_9_16 the_exercise the_high_kick the_hip_sway throne_of_king
	thumbs_up_pro tiger_hug_pro tiny_beast_printer twist_shake unique_firework unique_spring_couplets vampire_transform
	venomous_spider victory_slide wealth_drive whirling_beverage whirling_beverage_9_16 wiggle_faces_pets winter_charm
	witch_transform woodland_elf yangge_dance zombie_transform zoom_out
`);

interface Retired {
	/** Since when, as the change log tells. */
	on: string;
	/** How many images it was made of. */
	images: 1 | 2;
	successor?: string;
	/** True where Kling has announced the end and lists it all the same: it is sent, with a warning. */
	stillListed?: true;
}

const IN_2025 = '2025-12-30';
const IN_2026 = '2026-01-30';

/**
 * Those that Kling itself makes no more. Relays may have kept them. What ends is moved here from above: if it were only
 * removed, n8n would demand a second image in workflows that were saved with it.
 */
const RETIRED_EFFECTS: Readonly<Record<string, Retired>> = {
	celebration: { on: IN_2025, images: 1 },
	c4d_cartoon: { on: IN_2025, images: 1 },
	kiss: { on: IN_2026, images: 2, successor: 'kiss_pro' },
	fight: { on: IN_2026, images: 2, successor: 'fight_pro' },
	hug: { on: IN_2026, images: 2, successor: 'hug_pro' },
	thumbs_up: { on: IN_2026, images: 1, successor: 'thumbs_up_pro' },
	tiger_hug: { on: IN_2026, images: 1, successor: 'tiger_hug_pro' },
	pet_lion: { on: IN_2026, images: 1, successor: 'pet_lion_pro' },
	'3d_cartoon_1': { on: IN_2026, images: 1, successor: '3d_cartoon_2' },
	magic_match_tree: { on: '2026-07-03', images: 1, stillListed: true },
};

/** All that are known to be made of one image, also those that Kling makes no more. */
export const ONE_IMAGE_EFFECTS: readonly string[] = [
	...SINGLE_EFFECTS,
	...Object.keys(RETIRED_EFFECTS).filter((effect) => retirementOf(effect)?.images === 1),
];

/** When and by what an effect was replaced at Kling; undefined for one that is not known to be. */
export function retirementOf(effect: string): Retired | undefined {
	return Object.hasOwn(RETIRED_EFFECTS, effect) ? RETIRED_EFFECTS[effect] : undefined;
}

/** How many images an effect of today is made of; undefined for any other. */
export function imagesOf(effect: string): 1 | 2 | undefined {
	if (DUAL_EFFECTS.includes(effect)) return 2;
	return SINGLE_EFFECTS.includes(effect) ? 1 : undefined;
}

/** Words that are not written with one capital letter: abbreviations, and the short names of football teams. */
const CAPITALS = new Set(['3d', 'arg', 'bra', 'dj', 'f1', 'fra', 'ootd', 'por', 'var']);

/** "Hug Pro" for `hug_pro`, "Tennis Trend 9:16" for `tennis_trend_9_16`. */
export function effectTitle(effect: string): string {
	const words = effect.replace(/_9_16$/, '_9:16').split('_');
	return words
		.map((word) =>
			CAPITALS.has(word) ? word.toUpperCase() : word.slice(0, 1).toUpperCase() + word.slice(1),
		)
		.join(' ');
}

/** "Hug Pro (hug_pro): two images", as the list shows an effect that is known. */
export function effectEntry(effect: string): string {
	const images = imagesOf(effect) === 2 ? 'two images' : 'one image';
	return `${effectTitle(effect)} (${effect}): ${images}`;
}
