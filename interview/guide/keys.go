package guide

// textKeys are the texts that the interview says: a guide without one of them
// is refused when it is loaded, not when a contact waits for it.
func textKeys() []string {
	return []string{
		"consent", "consent_again", "consent_refused", "consent_yes", "consent_no",
		"greeting", "greeting_read", "help", "privacy", "my_data", "erase", "status", "paused", "resumed", "follow_up", "human", "human_wait", "handed_back",
		"returned", "returned_why", "returned_words", "returned_ask", "published",
		"return_unclear_problem", "return_missing_indicator", "return_missing_condition", "return_missing_scene", "return_not_a_need",
		"return_duplicate", "return_own_ability", "return_confidential", "return_follow_up",
		"file_read", "file_more", "file_others", "file_known", "file_nothing", "file_kept", "file_scanned", "file_encrypted", "file_legacy", "file_type",
		"file_empty", "file_unread", "file_voice", "file_deaf", "file_silent", "voice_heard", "voice_large", "voice_lost", "file_large", "file_lost", "file_photo", "file_blind", "file_blank",
		"ack", "ack_row", "ack_plain", "ack_moved", "sorry", "ack_vague", "ack_unsure", "ack_none", "ack_corrected", "ack_declined", "ack_unknown", "ack_delegated",
		"ack_skip", "ack_enough", "ask_who", "as_you_know", "offer_engineer", "ask_closing", "closing_coop_mode", "closing_budget", "closing_deadline", "ask_more", "ask_owners", "ask_conflict", "ask_past", "several", "parked", "ask_next", "next_begin", "next_yes",
		"next_later", "injected", "unsupported", "empty", "too_long", "unread", "wordless", "tired", "chitchat", "lang_set",
		"readback", "readback_open", "readback_changed", "readback_removed", "readback_unclear", "readback_short", "readback_kept", "ask_line", "ask_line_now", "ask_fix",
		"readback_ok", "readback_fix", "done", "done_routed", "done_later", "done_added", "done_noted", "done_status", "done_back", "closed", "nothing_yet", "cap", "why",
		"faq_none", "faq_robot", "faq_who", "faq_cost", "faq_price", "faq_can", "faq_advice", "faq_means", "faq_next", "faq_length",
		"line_unknown", "line_none", "line_declined", "line_delegated", "line_missing", "line_now", "line_goal", "line_or",
		"line_or_more", "line_up_to", "line_route", "line_title", "title_open", "card_title",
	}
}
