/** What the panel of each operation shows, in the words of the editor. */

export const WAIT = 'Wait for Completion, Download Result, Options';

/** What is shown below Resource and Operation. */
export const FIELDS: Record<string, string> = {
	'audio/text-to-audio': `Prompt, Duration (Seconds), ${WAIT}`,
	'audio/speech': 'Text, Voice, Language, Download Result, Options',
	'account/balance': 'Options',
	'account/usage': 'Ledger, From, Until, Return All, Limit, Filters, Options',
	'account/resourcePacks': 'Bought After, Bought Before, Options',
	'image/omni-image': `Prompt, Images Input Type, Model, Result, Number of Images, Aspect Ratio, ${WAIT}`,
	'image/multi-image2image': `Images Input Type, Images, Prompt, Scene Image Input Type, Style Image Input Type, Model, Number of Images, Aspect Ratio, ${WAIT}`,
	'image/expand': `Image Input Type, Image, Expand Up, Expand Down, Expand Left, Expand Right, Prompt, Number of Images, ${WAIT}`,
	'image/ai-multi-shot': `Front View Input Type, Front View, ${WAIT}`,
	'element/createFromImages': `Name, Description, Front Image Input Type, Front Image, Other Images Input Type, Other Images, Wait for Completion, Options`,
	'element/createFromVideo': 'Name, Description, Video URL, Wait for Completion, Options',
	'element/delete': 'Element, Options',
	'element/get': 'Element, Options',
	'element/getMany': 'Which, Return All, Limit, Options',
	'image/recognizeParts': 'Image Input Type, Image, Download Result, Options',
	'image/virtual-try-on': `Person Input Type, Person, Garment Input Type, Garment, ${WAIT}`,
	'file/upload': 'Input Data Field Name, Options',
	'image/image-generation': `Prompt, Reference Image Input Type, Model, Number of Images, Aspect Ratio, ${WAIT}`,
	'task/get': `Task ID, Made By, ${WAIT}`,
	'task/getMany': 'Made By, Return All, Limit, Options',
	'video/effects': `Effect, Image Input Type, Image, ${WAIT}`,
	'video/avatar': `Image Input Type, Image, Sound Input Type, Text, Voice, Language, Prompt, Quality, ${WAIT}`,
	'video/findFaces': 'Video Input Type, Video ID, Options',
	'video/goods-studio': `Product Images Input Type, Product Images, Product Title, Product Description, Quality, Aspect Ratio, Duration, ${WAIT}`,
	'video/image2video': `First Frame Input Type, First Frame, Last Frame Input Type, Prompt, Model, Quality, Duration (Seconds), ${WAIT}`,
	'video/lip-sync': `Face, Video Input Type, Video ID, Sound Input Type, Text, Voice, Language, ${WAIT}`,
	'video/motion-control': `Character Image Input Type, Character Image, Motion Video Input Type, Motion Video URL, Character Orientation, Prompt, Model, Quality, ${WAIT}`,
	'video/multi-image2video': `Images Input Type, Images, Prompt, Model, Quality, Duration (Seconds), Aspect Ratio, ${WAIT}`,
	'video/omni-video': `Prompt, Images Input Type, Reference Video Input Type, Reference Video URL, Reference Video Use, Model, Quality, Duration (Seconds), Aspect Ratio, ${WAIT}`,
	'video/text2video': `Prompt, Model, Quality, Duration (Seconds), Aspect Ratio, ${WAIT}`,
	'video/talking-agent': `Seller, Avatar, Script, Content, Quality, Aspect Ratio, ${WAIT}`,
	'video/clothing-dupe': `Source Video Input Type, Source Video URL, Product Images Input Type, Product Images, Product Information, Model Images Input Type, Quality, Aspect Ratio, Background Music Input Type, Background Music URL, ${WAIT}`,
	'video/drama-subtitle': `Video URL, Target Language, ${WAIT}`,
	'video/video-extend': `Video ID, Prompt, ${WAIT}`,
	'video/video-to-audio': `Video Input Type, Video ID, Sound Effect Prompt, Background Music Prompt, ${WAIT}`,
	'voice/create': `Name, Sample Input Type, Sample URL, ${WAIT}`,
	'voice/delete': 'Voice, Options',
	'voice/get': 'Voice, Options',
	'voice/getMany': 'Which, Return All, Limit, Options',
};

/** What Options holds of an operation itself, beside what all of its type have. */
export const OWN_OPTIONS: Record<string, string[]> = {
	'image/omni-image': ['Element IDs', 'Elements', 'Resolution'],
	'element/createFromImages': ['Tags', 'Voice'],
	'element/createFromVideo': ['Tags', 'Voice'],
	'image/image-generation': [
		...[
			'Element IDs',
			'Elements',
			'Face Fidelity',
			'Image Fidelity',
			'Image Reference',
			'Negative Prompt',
		],
		'Resolution',
	],
	'image/virtual-try-on': ['Keep Background', 'Keep Face', 'Keep Pose', 'Model (Relays)'],
	'video/effects': ['Duration (Seconds)', 'Model (Relays)', 'Quality'],
	'image/recognizeParts': ['Max File Size (MB)', 'Output Data Field Name'],
	'audio/speech': ['Max File Size (MB)', 'Output Data Field Name', 'Speech Speed'],
	'video/avatar': ['Duration (Ace Data Cloud)', 'Model (Ace Data Cloud)', 'Speech Speed'],
	'video/image2video': [
		...['Aspect Ratio', 'Camera Movement', 'CFG Scale', 'Element IDs', 'Elements', 'Motion Brush'],
		...['Multi-Shot', 'Negative Prompt', 'Shots', 'Sound', 'Static Mask', 'Voice IDs', 'Voices'],
		'Middle Frames',
	],
	'video/lip-sync': [
		...['Insert Sound At (Seconds)', 'Original Volume', 'Sound End (Seconds)'],
		...['Sound Start (Seconds)', 'Sound Volume', 'Speech Speed'],
	],
	'video/motion-control': ['Element IDs', 'Elements', 'Keep Original Sound'],
	'video/multi-image2video': ['Negative Prompt'],
	'video/omni-video': [
		...['Element IDs', 'Elements', 'Keep Original Sound', 'Multi-Shot', 'Shots', 'Sound'],
		...['Voice IDs', 'Voices'],
	],
	'video/text2video': [
		...['Camera Movement', 'CFG Scale', 'Multi-Shot', 'Negative Prompt', 'Shots', 'Sound'],
		...['Voice IDs', 'Voices'],
	],
	'video/video-extend': ['CFG Scale', 'Model (Ace Data Cloud)', 'Negative Prompt'],
	'video/video-to-audio': ['ASMR Mode'],
	'video/talking-agent': [
		...['Action Prompt', 'Background Music', 'Polish Script', 'Price', 'Selling Points'],
		...['Speech Speed', 'Target Audience'],
	],
	'video/clothing-dupe': ['Voice'],
	'video/drama-subtitle': ['Characters Per Second', 'Font Size', 'Glossary', 'Margin (Pixels)'],
};

/** Those whose results no service marks. */
export const WITHOUT_WATERMARK = [
	...['ai-multi-shot', 'effects', 'text-to-audio', 'video-to-audio'],
	...['createFromImages', 'createFromVideo', 'create'],
];
